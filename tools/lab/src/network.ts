import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { CroftError } from "@croft/evaluator";
import { must } from "./must.ts";
import type { Place } from "./place.ts";

// The lab's network is a namespace with one bridge. Nothing leads out of it: it has no link to the machine's own
// network, no host has a default route, and each lab has its own, so that all labs can use the same addresses.

const prefix = "10.77.0";
const bridge = "lab";

/** Length of the network's prefix. */
export const prefixLength = 24;

/** The address in the lab's network at which the n-th mirror (from 0) is met. */
export function mirrorAddress(index: number): string {
  return `${prefix}.${index + 1}`;
}

/** Throws unless `address` is one that a host of a lab may have. */
export function checkAddress(address: string): void {
  const last = Number(/^10\.77\.0\.(\d{1,3})$/.exec(address)?.[1]);
  if (last >= 11 && last <= 250) return;
  throw new CroftError("lab-address", `address \`${address}\` is not in the lab's network`, {
    hint: `take one from ${prefix}.11 to ${prefix}.250`,
  });
}

/** What a host is called on the machine, where names of all labs meet: its link `vb-…` has room for 15 letters. */
export function machineName(place: Place, address: string): string {
  return `${place.id}-${address.slice(prefix.length + 1)}`;
}

/** The command that runs `command` inside the lab's network, with everything else of this machine as it is. */
export function inNetwork(place: Place, command: readonly string[]): readonly [string, ...string[]] {
  return ["nsenter", `--net=${place.namespaceFile}`, "--", ...command];
}

/**
 * The option of systemd-nspawn, run inside the lab's network, that plugs a host into the bridge: at each boot it gets
 * a new link and a new network namespace, as a real machine starts with none of its old rules and addresses.
 */
export const plug = `--network-bridge=${bridge}`;

/** Makes the namespace and its bridge where they are missing. */
export async function ensureNetwork(place: Place, mirrors: number): Promise<void> {
  await raiseInotifyLimit();
  if (existsSync(place.namespaceFile)) return;
  await must(["ip", "netns", "add", place.namespace]);
  const addresses = Array.from(
    { length: mirrors },
    (_, index) => `addr add ${mirrorAddress(index)}/24 dev ${bridge}`,
  );
  const batch = [
    "link set lo up",
    `link add ${bridge} type bridge stp_state 0 forward_delay 0`,
    ...addresses,
  ];
  await must(inNetwork(place, ["ip", "-batch", "-"]), {
    input: [...batch, `link set ${bridge} up`, ""].join("\n"),
  });
}

/** Removes the namespace with all that is in it. */
export async function removeNetwork(place: Place): Promise<void> {
  if (existsSync(place.namespaceFile)) await must(["ip", "netns", "delete", place.namespace]);
}

/** Pulls a host's cable, or plugs it in again. */
export async function setCable(place: Place, address: string, state: "up" | "down"): Promise<void> {
  await must(inNetwork(place, ["ip", "link", "set", `vb-${machineName(place, address)}`, state]));
}

/** A host takes about ten inotify instances, all of root: the kernel's default is used up by a dozen hosts. */
async function raiseInotifyLimit(): Promise<void> {
  const file = "/proc/sys/fs/inotify/max_user_instances";
  if (Number(await readFile(file, "utf8")) < 1024) await writeFile(file, "1024");
}
