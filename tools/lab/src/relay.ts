import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { start } from "@croft/process";
import { inCgroup, killCgroup, processesIn, removeCgroup } from "./cgroup.ts";
import { isListening } from "./listening.ts";
import type { AptSetup } from "./mirrors.ts";
import { inNetwork, mirrorAddress } from "./network.ts";
import type { Place } from "./place.ts";
import { portOf } from "./relay-mirror.ts";
import { waitFor } from "./wait.ts";

/** One mirror as hosts of a lab meet it: its name stands for an address of the lab's own. */
export interface Mirror {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly origin: string;
  /** The Unix socket between the relay's two processes, relative to the lab's folder. */
  readonly socket: string;
}

/** The mirrors that apt on this machine uses, each once, with their addresses in the lab. */
export function mirrorsOf({ sources }: Pick<AptSetup, "sources">): readonly Mirror[] {
  const origins = [...new Set(sources.map(({ url }) => new URL(url).origin))].toSorted();
  const names = [...new Set(origins.map((origin) => new URL(origin).hostname))];
  return origins.map((origin, index) => {
    const url = new URL(origin);
    const address = mirrorAddress(names.indexOf(url.hostname));
    return { name: url.hostname, address, port: portOf(url), origin, socket: `relay-${index}.sock` };
  });
}

/**
 * Starts the relay where it does not run: one process inside the lab's network that only takes connections, and one
 * outside that only makes them to the mirrors, with Unix sockets in the lab's folder between them.
 */
export async function ensureRelay(place: Place, mirrors: readonly Mirror[]): Promise<void> {
  const inside = join(relayCgroup(place), "inside");
  const outside = join(relayCgroup(place), "outside");
  if (processesIn(inside).length > 0 && processesIn(outside).length > 0) return;
  await stopRelay(place);
  for (const { socket } of mirrors) await rm(join(place.folder, socket), { force: true });
  const entries = mirrors.map(({ address, port, socket }) => `${address}:${port}=${socket}`);
  await launch(place, outside, program("relay-exit.ts"));
  await launch(place, inside, inNetwork(place, [...program("relay-entry.ts"), ...entries]));
  const isReady = ({ port, socket }: Mirror) =>
    existsSync(join(place.folder, socket)) && processesIn(inside).some((pid) => isListening(pid, port));
  await waitFor(() => mirrors.every(isReady) || undefined, {
    seconds: 20,
    fact: "the relay to the mirrors did not start",
    hint: `read ${relayLog(place)}`,
  });
}

/** Ends the relay's processes, if there are any. */
export async function stopRelay(place: Place): Promise<void> {
  await killCgroup(relayCgroup(place));
  await removeCgroup(relayCgroup(place));
}

function relayCgroup(place: Place): string {
  return join(place.cgroup, "-relay"); // No host's name starts with a dash.
}

function relayLog(place: Place): string {
  return join(place.folder, "relay.log");
}

function program(file: string): readonly string[] {
  return [process.execPath, join(import.meta.dirname, file)];
}

async function launch(place: Place, cgroup: string, command: readonly string[]): Promise<void> {
  const kept = ["PATH", "http_proxy", "https_proxy"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  await start(inCgroup(cgroup, command), {
    cwd: place.folder,
    env: Object.fromEntries(kept),
    cleanEnv: true,
    detached: true,
    logFile: relayLog(place),
  });
}
