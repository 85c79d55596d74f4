import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { run } from "@croft/process";
import { type Address, showAddress } from "./address.ts";
import { sshArguments } from "./ssh.ts";
import { describeSshProblem } from "./ssh-problem.ts";

/** A machine's public ssh-ed25519 key. */
export interface HostKey {
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly publicKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
}

/** Reads a public key in OpenSSH's form; anything but ssh-ed25519 is a `CroftError`. */
export function parseHostKey(text: string): HostKey {
  const [type, blob] = text.trim().split(/\s+/);
  if (type !== "ssh-ed25519" || blob === undefined) {
    throw new CroftError("host-key-malformed", "a host key of another kind than ssh-ed25519 was given");
  }
  const hash = createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64").replace(/=+$/, "");
  return { publicKey: `${type} ${blob}`, fingerprint: `SHA256:${hash}` };
}

/**
 * Asks a machine for its ssh-ed25519 key, on the way that the user's ssh configuration takes, jump hosts included.
 * Nothing vouches for the answer: compare the fingerprint before you trust it.
 */
export async function askHostKey(host: string, address: Address): Promise<HostKey> {
  const folder = await mkdtemp(join(tmpdir(), "croft-host-key-"));
  const knownHosts = join(folder, "known_hosts");
  try {
    // ssh notes the key before it tries to log in, and is given no way to log in.
    const how = [
      "StrictHostKeyChecking=accept-new",
      "HostKeyAlgorithms=ssh-ed25519",
      "PreferredAuthentications=none",
    ];
    const options = [...how, "HashKnownHosts=no", "ControlMaster=no", "ControlPath=none", "LogLevel=ERROR"];
    const args = sshArguments({ host, address, knownHosts }, true);
    const { stderr } = await run(["ssh", ...options.flatMap((option) => ["-o", option]), ...args, "true"]);
    const line = await readFile(knownHosts, "utf8").catch(() => "");
    const key = line.indexOf("ssh-ed25519 ");
    if (key !== -1) return parseHostKey(line.slice(key));
    if (/no matching host key type/.test(stderr)) {
      throw new CroftError("host-key-missing", `\`${showAddress(address)}\` has no ssh-ed25519 host key`, {
        hint: "run `ssh-keygen -A` there, and restart its sshd",
      });
    }
    throw describeSshProblem({ host, address, knownHosts }, stderr);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
