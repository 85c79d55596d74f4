import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedHosts } from "@croft/debian/embedded";
import { CroftError, nameHint } from "@croft/evaluator";
import {
  type Address,
  askHostKey,
  type HostKey,
  knownHostsFile,
  parseAddress,
  pinHostKey,
} from "@croft/remote";
import { showAddress, sshConnection, unpinHostKey } from "@croft/remote";
import { openStore, removeHostRecipient, setHostRecipient, type Store } from "@croft/secrets";
import { hostFile } from "./host-file.ts";
import { checkNewHostName } from "./host-name.ts";
import { hostsIndex } from "./hosts-index.ts";
import { hostNames } from "./load.ts";
import { openFleet } from "./open.ts";
import { prepareMachine } from "./machine.ts";

/** How the owner vouches for a host key: the fingerprint is known, or a person is asked. */
export interface Trust {
  /** `SHA256:…`, learned on another way than this connection. */
  readonly fingerprint?: string;
  /** Shows the question to a person; where there is none, it is left out and the fingerprint is needed. */
  readonly ask?: (question: string) => Promise<boolean>;
}

/** What was done to a host, for the person who asked for it. */
export interface HostChange {
  readonly host: string;
  readonly fingerprint: string;
  /** Files of the repository that were written, relative to it. */
  readonly written: readonly string[];
  /** Whether age was installed on the machine. */
  readonly installedAge: boolean;
}

/**
 * First contact with a machine: checks its host key, makes sure that Croft can deploy to it, pins the key, and
 * writes its host file. Nothing of the repository is changed when any of it fails.
 */
export async function addHost(root: string, name: string, target: string, trust: Trust): Promise<HostChange> {
  checkNewHostName(root, name);
  const address = parseAddress(target);
  const key = await trustedKey(name, address, trust);
  const { installed } = await whilePinned(name, key, (knownHosts) =>
    prepareMachine(sshConnection({ host: name, address, knownHosts }), address),
  );
  const folder = join(root, "hosts", name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "host.ts"), hostFile(name, target));
    await record(root, name, key);
    writeFileSync(join(root, "hosts", "index.ts"), hostsIndex(hostNames(root)));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    await forget(root, name);
    throw error;
  }
  const written = [`hosts/${name}/host.ts`, "hosts/index.ts", ...recordedFiles(name)];
  return { host: name, fingerprint: key.fingerprint, written, installedAge: installed };
}

/** Pins the new host key of a machine that was installed anew; its secrets are encrypted to it by the next update. */
export async function rekeyHost(root: string, name: string, trust: Trust): Promise<HostChange> {
  checkKnown(root, name);
  const { target } = (await openFleet(root)).evaluation.host(name).platform;
  if (target === undefined) {
    throw new CroftError("no-host-key", `host \`${name}\` is not reached over ssh, and has no host key`);
  }
  const address = parseAddress(target);
  const key = await trustedKey(name, address, trust);
  const { installed } = await whilePinned(name, key, (knownHosts) =>
    prepareMachine(sshConnection({ host: name, address, knownHosts }), address),
  );
  await record(root, name, key);
  return { host: name, fingerprint: key.fingerprint, written: recordedFiles(name), installedAge: installed };
}

/** What was done to a host that is retired, and what is left to do. */
export interface Retirement {
  /** Files of the repository that were removed or written, relative to it. */
  readonly written: readonly string[];
  /** Whether it had the right to read secrets, and so may know them. */
  readonly readSecrets: boolean;
  /** Whether this workspace still runs it, as an embedded host. */
  readonly runsHere: boolean;
}

/** Takes a host out of the repository: its file, its pinned key, and its right to read secrets. */
export async function retireHost(root: string, name: string): Promise<Retirement> {
  checkKnown(root, name);
  const readSecrets = existsSync(join(root, recipientFile(name)));
  rmSync(join(root, "hosts", name), { recursive: true });
  await forget(root, name);
  writeFileSync(join(root, "hosts", "index.ts"), hostsIndex(hostNames(root)));
  return {
    written: [`hosts/${name}`, "hosts/index.ts", ...(readSecrets ? recordedFiles(name) : [])],
    readSecrets,
    runsHere: (await embeddedHosts(root)).includes(name),
  };
}

async function trustedKey(name: string, address: Address, { fingerprint, ask }: Trust): Promise<HostKey> {
  const key = await askHostKey(name, address);
  const shown = showAddress(address);
  if (fingerprint !== undefined) {
    if (fingerprint === key.fingerprint) return key;
    throw new CroftError(
      "fingerprint-differs",
      `\`${shown}\` shows another host key than the one you named`,
      {
        at: [`named: ${fingerprint}`, `shown: ${key.fingerprint}`],
        hint: "run `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the machine itself",
      },
    );
  }
  if (ask === undefined) {
    throw new CroftError("fingerprint-needed", `nobody is here to trust the host key of \`${shown}\``, {
      at: [`shown: ${key.fingerprint}`],
      hint: `compare it on the machine, then add \`--fingerprint ${key.fingerprint}\``,
    });
  }
  const question = `The host key of ${shown} is ${key.fingerprint}. Is it the machine's own?`;
  if (await ask(question)) return key;
  throw new CroftError("fingerprint-refused", `the host key of \`${shown}\` was not trusted`, {
    hint: "run `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the machine itself to see its fingerprint",
  });
}

/** Connects with the key pinned in a file of its own, so that the repository's is written at the very end. */
async function whilePinned<T>(
  name: string,
  key: HostKey,
  work: (knownHosts: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "croft-host-"));
  try {
    const knownHosts = join(folder, "known_hosts");
    pinHostKey(knownHosts, name, key.publicKey);
    return await work(knownHosts);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function record(root: string, name: string, key: HostKey): Promise<void> {
  await setHostRecipient(committed(root), name, key.publicKey);
  pinHostKey(knownHostsFile(root), name, key.publicKey);
}

async function forget(root: string, name: string): Promise<void> {
  if (existsSync(join(root, recipientFile(name)))) {
    await removeHostRecipient(committed(root), name);
  }
  unpinHostKey(knownHostsFile(root), name);
}

const committed = (root: string): Store => openStore({ kind: "committed", root, path: "secrets" });

const recipientFile = (name: string): string => `secrets/recipients/hosts/${name}.txt`;

const recordedFiles = (name: string): readonly string[] => ["secrets/known_hosts", recipientFile(name)];

function checkKnown(root: string, name: string): void {
  const names = hostNames(root);
  if (names.includes(name)) return;
  throw new CroftError("unknown-host", `host \`${name}\` does not exist`, { hint: nameHint(name, names) });
}
