import { readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { inCgroup } from "./cgroup.ts";
import { plug } from "./network.ts";
import type { Place } from "./place.ts";

/** What a container is started from. */
export interface Container {
  /** Its root file system. */
  readonly root: string;
  /** Its name on this machine. */
  readonly machine: string;
  /** Its name for itself. */
  readonly name: string;
  readonly cgroup: string;
}

/** Neither machined nor a systemd of this machine is needed, and none of its files are touched. */
const aloof =
  "--register=no --keep-unit --link-journal=no --resolv-conf=off --timezone=off --console=pipe".split(" ");

/**
 * Lets units use IPAddressDeny= and DevicePolicy=. No capability is added, and none must be: with CAP_SYS_TIME a host
 * would set this machine's clock.
 */
const filter = "--system-call-filter=bpf";

/** With this status systemd-nspawn says that the host wants to be started again. */
const rebootStatus = 133;

// A shell, because it lives as long as the host: it takes a megabyte where Node takes a hundred.
const keeper = `while :; do
  echo "--- boot $(date -u +%FT%TZ)"; "$@"; status=$?
  [ $status = ${rebootStatus} ] || { echo "--- end with $status"; exit $status; }
done`;

/** The command that keeps a container running over its reboots, until it powers off. Run it inside the lab's network. */
export function keepRunning({ root, machine, name, cgroup }: Container): readonly string[] {
  const boot = [
    "systemd-nspawn",
    "--quiet",
    "--boot",
    `--directory=${root}`,
    `--machine=${machine}`,
    `--hostname=${name}`,
  ];
  const nspawn = [...boot, ...aloof, plug, filter];
  return ["sh", "-c", keeper, "sh", ...inCgroup(cgroup, nspawn)];
}

/**
 * Makes systemd-nspawn give its container plain cgroup v2, as Debian has it, also where this machine is a hybrid; and
 * leave no lock files behind, as nobody but the lab starts a container in its folders.
 */
export const containerEnvironment = { SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: "1", SYSTEMD_NSPAWN_LOCK: "0" };

/** Removes what killed containers of a lab left where systemd-nspawn keeps its own state. */
export async function forgetContainers(place: Place): Promise<void> {
  const folder = "/run/systemd/nspawn/propagate";
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((machine) => machine.startsWith(`${place.id}-`)))
    await rmdir(join(folder, name));
}
