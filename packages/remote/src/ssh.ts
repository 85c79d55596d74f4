import { run } from "@croft/process";
import { type Address, showAddress } from "./address.ts";
import type { Connection } from "./connection.ts";
import { quoteCommand } from "./quote.ts";
import { describeSshProblem } from "./ssh-problem.ts";

/** What an ssh connection needs to know. */
export interface SshOptions {
  /** The host's name in the repository; its key is pinned under this name. */
  readonly host: string;
  readonly address: Address;
  /** The repository's own file of host keys. */
  readonly knownHosts: string;
  /** Used instead of `~/.ssh/config`, for tests; `CROFT_SSH_CONFIG` otherwise. */
  readonly config?: string;
  readonly connectSeconds?: number;
}

/** The OpenSSH client's own exit status: it could not connect, or lost the connection. */
const sshFailed = 255;

/** Runs commands with the OpenSSH client, so that `~/.ssh/config`, agents and jump hosts work as users know them. */
export function sshConnection(options: SshOptions): Connection {
  const target = showAddress(options.address);
  return {
    target,
    async run(words, { fresh = false, ...more } = {}) {
      const result = await run(["ssh", ...sshArguments(options, fresh), quoteCommand(words)], more);
      if (result.code === sshFailed) throw describeSshProblem(options, result.stderr);
      return result;
    },
  };
}

/** The arguments of `ssh` up to the command. */
export function sshArguments(options: SshOptions, fresh: boolean): readonly string[] {
  const { address, host, knownHosts, connectSeconds = 10 } = options;
  const config = options.config ?? process.env["CROFT_SSH_CONFIG"];
  return [
    ...(config === undefined ? [] : ["-F", config]),
    ...["-T", "-a", "-x"],
    ...["-o", "BatchMode=yes"],
    ...["-o", "StrictHostKeyChecking=yes"],
    ...["-o", `UserKnownHostsFile="${knownHosts.replaceAll("%", "%%")}"`],
    ...["-o", "GlobalKnownHostsFile=none"],
    // Nothing else vouches for a key, and nothing but `croft host` pins one, whatever the user's configuration says.
    ...["-o", "KnownHostsCommand=none", "-o", "VerifyHostKeyDNS=no", "-o", "UpdateHostKeys=no"],
    // Two hosts that deploy at once would ask for the same port.
    ...["-o", "ClearAllForwardings=yes"],
    ...["-o", `HostKeyAlias=${host}`],
    ...["-o", "CheckHostIP=no"],
    ...["-o", `ConnectTimeout=${connectSeconds}`],
    ...["-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=4"],
    ...(fresh ? ["-o", "ControlMaster=no", "-o", "ControlPath=none"] : []),
    ...(address.port === undefined ? [] : ["-p", String(address.port)]),
    ...(address.user === undefined ? [] : ["-l", address.user]),
    "--",
    address.host,
  ];
}
