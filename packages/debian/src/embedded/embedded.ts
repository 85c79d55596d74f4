import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Device, OpenInput } from "@croft/plan";
import { localConnection } from "@croft/remote";
import { scriptedDevice } from "../device.ts";
import type { Facts } from "../facts.ts";
import type { DebianPlan } from "../step.ts";
import { checkPorts, waitForPorts } from "./ports.ts";
import { embeddedRoot } from "./place.ts";
import { isBereft, register, runningHosts } from "./registry.ts";
import { makeRuntimeFolder, runtimeBase, runtimeFolder } from "./runtime-folder.ts";
import { stopEmbeddedHost } from "./stop.ts";

const startSeconds = 5;

/** A host that is a folder of this clone, activated by the same script as any other. */
export async function embeddedDevice({
  root: clone,
  host,
  wanted,
  ports,
}: OpenInput): Promise<Device<Facts, DebianPlan>> {
  const base = await runtimeBase();
  const run = runtimeFolder(base, clone, host);
  const root = embeddedRoot(clone, host);
  const connection = localConnection(embeddedEnvironment({ clone, host, root, run }));
  const device = scriptedDevice({ host, connection, wanted });
  return {
    ...device,
    async observe(options) {
      // Somebody removed its folder while it ran: what still runs writes to files that are gone.
      if (options?.repair === true && (await isBereft(run))) await stopEmbeddedHost(clone, host);
      return device.observe(options);
    },
    async stage(plan) {
      await checkPorts(ports, { clone, host, running: await runningHosts(base) });
      await makeRuntimeFolder(base, run);
      // Programs write what they like below it, and all of it is this user's own.
      await mkdir(root, { recursive: true, mode: 0o700 });
      await device.stage(plan);
    },
    async activate(plan) {
      await register(run, { clone, host, ports: ports.map(({ port }) => port) });
      return device.activate(plan);
    },
    ready: () => waitForPorts(ports, startSeconds),
  };
}

/** The folders and names that the device's script finds in its environment. */
export interface EmbeddedPlaces {
  readonly clone: string;
  readonly host: string;
  readonly root: string;
  readonly run: string;
}

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What makes the device's script work below a folder, with our own service manager and our own age. */
export const embeddedEnvironment = ({
  clone,
  host,
  root,
  run,
}: EmbeddedPlaces): Readonly<Record<string, string>> => ({
  CROFT_ROOT: root,
  CROFT_RUN: run,
  CROFT_CLONE: clone,
  CROFT_HOST: host,
  CROFT_NODE: process.execPath,
  CROFT_SYSTEMCTL: beside("systemctl.sh"),
  CROFT_CONTROL: beside("control.ts"),
  CROFT_DECRYPT: beside("decrypt.sh"),
  CROFT_DECRYPT_PROGRAM: beside("decrypt.ts"),
});
