import { existsSync, readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { run, start } from "@croft/process";
import { inCgroup, killCgroup, processesIn, removeCgroup } from "./cgroup.ts";
import { containerEnvironment, keepRunning } from "./container.ts";
import { editInside, makeSmallDisk, mountRoot, removeDisk, unmountRoot } from "./disk.ts";
import { hasAddress, isListening } from "./listening.ts";
import { inNetwork, machineName, prefixLength } from "./network.ts";
import { hostPlace, type HostPlace, type Place } from "./place.ts";
import type { Mirror } from "./relay.ts";
import { ensureKey, sshFiles } from "./ssh-files.ts";
import { waitFor } from "./wait.ts";

/** What the lab remembers of a host between two boots. */
export interface HostRecord {
  readonly version: 1;
  readonly name: string;
  readonly address: string;
  /** The base root file system that the host's disk lies upon. */
  readonly base: string;
}

/** Finds a host that was booted before. */
export function findHost(place: Place, name: string): HostRecord | undefined {
  const { record } = hostPlace(place, name);
  if (!existsSync(record)) return undefined;
  return JSON.parse(readFileSync(record, "utf8")) as HostRecord; // Written below, in a folder of ours alone.
}

/** All hosts that were booted before, in the order of their names. */
export function findHosts(place: Place): readonly HostRecord[] {
  return hostNames(place).flatMap((name) => findHost(place, name) ?? []);
}

/** Names of all hosts that left any trace, also of those whose making was cut short. */
export function hostNames(place: Place): readonly string[] {
  const folder = join(place.folder, "hosts");
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

/** Whether any process of a host, or the one that keeps it, is there. */
export function isRunning(place: Place, name: string): boolean {
  return processesIn(hostPlace(place, name).cgroup).length > 0;
}

/** Makes the disk of a new host. */
export async function makeHost(place: Place, record: HostRecord, disk: string | undefined): Promise<void> {
  const host = hostPlace(place, record.name);
  await destroyHost(place, record.name); // What is left of a making that was cut short.
  await mkdir(host.folder, { recursive: true });
  if (disk !== undefined) await makeSmallDisk(host, disk);
  await ensureKey(host.hostKey, record.name);
  await mountRoot(host, record.base);
  await writeFile(join(host.root, "etc/hostname"), `${record.name}\n`);
  await writeFile(join(host.root, "etc/hosts"), `127.0.0.1 localhost\n127.0.1.1 ${record.name}\n`);
  await copyFile(host.hostKey, join(host.root, "etc/ssh/ssh_host_ed25519_key"));
  await copyFile(`${host.hostKey}.pub`, join(host.root, "etc/ssh/ssh_host_ed25519_key.pub"));
  await mkdir(join(host.root, "root/.ssh"), { recursive: true, mode: 0o700 });
  // No gateway: what is not in the lab's network is unreachable at once, not after a timeout.
  const network = ["[Match]", "Name=host0", "", "[Network]", `Address=${record.address}/${prefixLength}`];
  const lines = [...network, "LinkLocalAddressing=no", "IPv6AcceptRA=no", ""];
  await writeFile(join(host.root, "etc/systemd/network/10-lab.network"), lines.join("\n"));
  await writeFile(host.record, `${JSON.stringify(record)}\n`);
}

/** Starts a host that is not running; it does not wait until the host is up. */
export async function startHost(place: Place, record: HostRecord, mirrors: readonly Mirror[]): Promise<void> {
  const host = hostPlace(place, record.name);
  await mountRoot(host, record.base);
  const key = await ensureKey(sshFiles(place).identity, "croft-lab");
  await editInside(host, "/etc/hosts", (text) => nameMirrors(text, mirrors));
  await editInside(host, "/root/.ssh/authorized_keys", (text) => letIn(text, key));
  const container = { root: host.root, machine: machineName(place, record.address), name: record.name };
  const keeper = keepRunning({ ...container, cgroup: machineCgroup(host) });
  await start(inCgroup(join(host.cgroup, "keeper"), inNetwork(place, keeper)), {
    cwd: place.folder,
    env: { PATH: process.env.PATH ?? "", ...containerEnvironment },
    cleanEnv: true,
    detached: true,
    logFile: host.log,
  });
  const started = () => processesIn(host.cgroup).length > 0 || undefined;
  await waitFor(started, {
    seconds: 10,
    fact: `host \`${record.name}\` did not start`,
    hint: `read ${host.log}`,
  });
}

/** Waits until a host has started all that it starts, and answers ssh. */
export async function waitForHost(place: Place, { name, address }: HostRecord): Promise<void> {
  const host = hostPlace(place, name);
  const [seconds, hint] = [90, `read ${host.log}`];
  await waitFor(
    () => {
      if (processesIn(host.cgroup).length === 0) {
        throw new CroftError("lab-boot", `host \`${name}\` ended while it booted`, { hint });
      }
      const pid = firstProcess(host);
      return pid !== undefined && isListening(pid, 22) && hasAddress(pid, address) ? true : undefined;
    },
    { seconds, fact: `host \`${name}\` did not listen on port 22`, hint },
  );
  const question = "systemctl is-system-running --wait";
  const ssh = inNetwork(place, ["ssh", "-F", sshFiles(place).config, name, question]);
  await waitFor(
    async () => {
      const { stdout } = await run(ssh, { timeoutSeconds: seconds });
      return /^(running|degraded)$/m.test(stdout) ? true : undefined;
    },
    { seconds, fact: `host \`${name}\` did not finish booting`, hint },
  );
}

/** Powers a host off as its own `poweroff` would. */
export async function stopHost(place: Place, name: string): Promise<void> {
  const host = hostPlace(place, name);
  const pid = firstProcess(host);
  const sigrtmin = 34;
  if (pid !== undefined) process.kill(pid, sigrtmin + 4); // systemd(1): starts poweroff.target.
  const ended = () => processesIn(host.cgroup).length === 0 || undefined;
  if (pid !== undefined) await waitFor(ended, { seconds: 60, fact: `host \`${name}\` did not power off` });
  await killHost(place, name);
}

/** Kills every process of a host at once. What it wrote stays, also what was not yet synced: a power cut is worse. */
export async function killHost(place: Place, name: string): Promise<void> {
  const host = hostPlace(place, name);
  await killCgroup(host.cgroup);
  await removeCgroup(host.cgroup);
  await unmountRoot(host);
}

/** Kills a host and removes its disk. */
export async function destroyHost(place: Place, name: string): Promise<void> {
  await killHost(place, name);
  await removeDisk(hostPlace(place, name));
}

function machineCgroup(host: HostPlace): string {
  return join(host.cgroup, "machine");
}

/** The host's own systemd: the process that has process id 1 inside. */
function firstProcess(host: HostPlace): number | undefined {
  return processesIn(machineCgroup(host)).find((pid) => {
    try {
      const ids =
        /^NSpid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]?.split("\t") ?? [];
      return ids.length === 2 && ids[1] === "1";
    } catch {
      return false;
    }
  });
}

/** Makes the mirrors' names stand for the relay's addresses, in the text of /etc/hosts. */
function nameMirrors(hosts: string, mirrors: readonly Mirror[]): string {
  const mark = "# lab";
  const others = hosts.split("\n").filter((line) => line !== "" && !line.endsWith(mark));
  const names = new Set(mirrors.map(({ name, address }) => `${address} ${name} ${mark}`));
  return `${[...others, ...names].join("\n")}\n`;
}

/** Lets a key in and leaves other keys alone, in the text of authorized_keys. */
function letIn(keys: string, publicKey: string): string {
  return keys.includes(publicKey) ? keys : `${keys}${publicKey} croft-lab\n`;
}
