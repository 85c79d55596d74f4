import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./must.ts";
import type { Place } from "./place.ts";

/** What ssh must know of a host. */
export interface SshHost {
  readonly name: string;
  readonly address: string;
  /** Its public host key, as `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
}

/** Paths of the files that ssh is given. */
export function sshFiles(place: Place): {
  readonly config: string;
  readonly identity: string;
  readonly knownHosts: string;
} {
  const at = (file: string) => join(place.folder, file);
  return { config: at("ssh_config"), identity: at("id_ed25519"), knownHosts: at("known_hosts") };
}

/** Makes an ed25519 key pair where it is missing, and returns its public half as `ssh-ed25519 AAAA…`. */
export async function ensureKey(file: string, comment: string): Promise<string> {
  if (!existsSync(file))
    await must(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file]);
  return (await readFile(`${file}.pub`, "utf8")).split(" ").slice(0, 2).join(" ");
}

/** The fingerprint of a public key as OpenSSH shows it: SHA-256 of the key's bytes, base64 without padding. */
export function fingerprint(publicKey: string): string {
  const bytes = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "")}`;
}

/** Writes ssh's configuration and the pinned host keys for all hosts of a lab. */
export async function writeSshFiles(place: Place, hosts: readonly SshHost[]): Promise<void> {
  const { config, knownHosts } = sshFiles(place);
  await writeFile(knownHosts, hosts.map(({ address, publicKey }) => `${address} ${publicKey}\n`).join(""));
  await writeFile(config, showSshConfig(place, hosts));
}

/** By name a host is checked against the lab's pinned keys; by address ssh has the lab's key only, and checks as it always does. */
export function showSshConfig(place: Place, hosts: readonly SshHost[]): string {
  const { identity, knownHosts } = sshFiles(place);
  const named = hosts.flatMap(({ name, address }) => [
    `Host ${name}`,
    `  HostName ${address}`,
    `  UserKnownHostsFile "${knownHosts}"`,
    "  StrictHostKeyChecking yes",
  ]);
  const all = [
    "Host *",
    "  User root",
    `  IdentityFile "${identity}"`,
    "  IdentitiesOnly yes",
    "  BatchMode yes",
  ];
  return [...named, ...all, "  ConnectTimeout 5", "  LogLevel ERROR", ""].join("\n");
}
