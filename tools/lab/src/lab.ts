import { existsSync } from "node:fs";
import { readdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { run, type RunOptions, type RunResult } from "@croft/process";
import { ensureBase } from "./base.ts";
import { removeCgroup } from "./cgroup.ts";
import { forgetContainers } from "./container.ts";
import * as machines from "./host.ts";
import { withLock } from "./lock.ts";
import { readAptSetup } from "./mirrors.ts";
import { checkAddress, ensureNetwork, inNetwork, removeNetwork, setCable } from "./network.ts";
import { cloneLab, hostPlace, openPlace } from "./place.ts";
import { ensureRelay, mirrorsOf, stopRelay } from "./relay.ts";
import { ensureKey, fingerprint, sshFiles, writeSshFiles } from "./ssh-files.ts";

/** A host of a lab, running or not. */
export interface LabHost {
  readonly name: string;
  readonly address: string;
  readonly running: boolean;
}

/** Debian machines in a network of their own; see {@link openLab}. */
export interface Lab {
  readonly folder: string;
  /** Boots a host, made on its first boot, and waits until it is up. `disk` limits a new host's disk, as in `200M`. */
  boot(name: string, address: string, options?: { readonly disk?: string }): Promise<LabHost>;
  /** Powers a host off. */
  stop(name: string): Promise<void>;
  /** Kills all processes of a host; its disk stays. */
  kill(name: string): Promise<void>;
  /** Kills a host and removes its disk and host key. */
  destroy(name: string): Promise<void>;
  list(): readonly LabHost[];
  /** Runs a command on a host as root over ssh, word by word: no shell takes the words apart. */
  exec(name: string, command: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** The command that `exec` runs. */
  sshCommand(name: string, command: readonly string[]): readonly [string, ...string[]];
  /** Pulls a host's network cable, or plugs it in again. */
  net(name: string, state: "up" | "down"): Promise<void>;
  /** The command that runs `command` where the hosts can be reached. The lab must have booted a host before. */
  enterCommand(command: readonly string[]): readonly [string, ...string[]];
  /** The ssh configuration (`ssh -F`) that knows all hosts by name, and lets in by address as well. */
  sshConfig(): string;
  /** The private key that every host lets in as root. */
  identity(): string;
  /** The fingerprint of a host's ed25519 key, as OpenSSH shows it. */
  hostKeyFingerprint(name: string): Promise<string>;
  /** Removes everything that the lab made, but for the base root file system, which other labs use too. */
  clean(): Promise<void>;
}

/**
 * Opens the lab in `folder`, by default that of this clone. Labs in different folders know nothing of each other,
 * though their hosts may have the same names and addresses; the base root file system is shared.
 */
export function openLab(folder: string = cloneLab()): Lab {
  const place = openPlace(folder);
  const files = sshFiles(place);
  const locked = <Result>(work: () => Promise<Result>) => withLock(place.namespace, work);

  const known = (name: string) => {
    const host = machines.findHost(place, name);
    if (host !== undefined) return host;
    const names = machines.findHosts(place).map((other) => `\`${other.name}\``);
    const hint = names.length === 0 ? "boot one first" : `there is ${names.join(", ")}`;
    throw new CroftError("lab-unknown-host", `the lab has no host \`${name}\``, { hint });
  };

  const shown = ({ name, address }: machines.HostRecord) => ({
    name,
    address,
    running: machines.isRunning(place, name),
  });

  const admit = (name: string, address: string) => {
    checkName(name);
    checkAddress(address);
    const found = machines.findHost(place, name);
    if (machines.isRunning(place, name)) {
      throw new CroftError("lab-running", `host \`${name}\` already runs`, { hint: `lab stop ${name}` });
    }
    const clash = machines
      .findHosts(place)
      .find((host) => (host.name === name) !== (host.address === address));
    if (clash !== undefined) {
      const fact = `host \`${clash.name}\` has address \`${clash.address}\``;
      throw new CroftError("lab-address", fact, { hint: `lab destroy ${clash.name}` });
    }
    return found;
  };

  const sshCommand = (name: string, command: readonly string[]) => {
    const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`);
    return inNetwork(place, ["ssh", "-F", files.config, known(name).name, "--", words.join(" ")]);
  };

  const pinKeys = async () => {
    const hosts = machines.findHosts(place).map(async ({ name, address }) => {
      const publicKey = await ensureKey(hostPlace(place, name).hostKey, name);
      return { name, address, publicKey };
    });
    await writeSshFiles(place, await Promise.all(hosts));
  };

  return {
    folder: place.folder,
    async boot(name, address, { disk } = {}) {
      const record = await locked(async () => {
        const found = admit(name, address);
        const setup = await readAptSetup();
        const mirrors = mirrorsOf(setup);
        const host = found ?? { version: 1, name, address, base: (await ensureBase(setup)).folder };
        await ensureNetwork(place, mirrors.length);
        await ensureRelay(place, mirrors);
        if (found === undefined) await machines.makeHost(place, host, disk);
        await pinKeys();
        await machines.startHost(place, host, mirrors);
        return host;
      });
      await machines.waitForHost(place, record);
      return shown(record);
    },
    stop: (name) => locked(() => machines.stopHost(place, known(name).name)),
    kill: (name) => locked(() => machines.killHost(place, known(name).name)),
    destroy: (name) =>
      locked(async () => {
        await machines.destroyHost(place, known(name).name);
        await pinKeys();
      }),
    list: () => machines.findHosts(place).map(shown),
    exec: async (name, command, options) => run(sshCommand(name, command), options),
    sshCommand,
    net: async (name, state) => setCable(place, known(name).address, state),
    enterCommand: (command) => {
      if (existsSync(place.namespaceFile)) return inNetwork(place, command);
      throw new CroftError("lab-no-network", "the lab has no network yet", { hint: "boot a host first" });
    },
    sshConfig: () => files.config,
    identity: () => files.identity,
    hostKeyFingerprint: async (name) => {
      return fingerprint(await readFile(`${hostPlace(place, known(name).name).hostKey}.pub`, "utf8"));
    },
    clean: () =>
      locked(async () => {
        for (const name of machines.hostNames(place)) await machines.destroyHost(place, name);
        await forgetContainers(place);
        await stopRelay(place);
        await removeNetwork(place);
        await removeCgroup(place.cgroup);
        await removeFiles(place.folder);
      }),
  };
}

function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9-]{0,30}$/.test(name)) return;
  throw new CroftError("lab-name", `\`${name}\` cannot be a host's name`, {
    hint: "take lower-case letters, digits and dashes, at most 31 of them",
  });
}

/** Removes what labs write, by name: a folder that somebody named by mistake loses nothing else. */
async function removeFiles(folder: string): Promise<void> {
  const isOurs = (file: string) =>
    /^(hosts|ssh_config|known_hosts|id_ed25519(\.pub)?|relay\.log|relay-\d+\.sock)$/.test(file);
  for (const file of (await readdir(folder)).filter(isOurs)) {
    await rm(join(folder, file), { recursive: true, force: true });
  }
  await rmdir(folder).catch(() => undefined); // Something else lies there: it stays.
}
