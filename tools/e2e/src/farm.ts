import assert from "node:assert/strict";
import { cloneLab, type Lab, openLab } from "@croft/lab";
import { type Clone, openClone } from "./clone.ts";

/** Real machines, and a clone from which they can be reached. */
export interface Farm extends AsyncDisposable {
  readonly lab: Lab;
  readonly clone: Clone;
  /** Runs a command on a machine, and gives what it prints; a failure of it is one of the test. */
  on(host: string, ...command: string[]): Promise<string>;
  /** Makes first contact with a machine, as its owner who knows the host key. */
  add(host: string, address: string): Promise<void>;
}

/** Boots machines, by name and address, and makes a clone whose commands run where they can be reached. */
export async function openFarm(
  purpose: string,
  machines: Readonly<Record<string, string>>,
  options: { readonly disk?: Readonly<Record<string, string>> } = {},
): Promise<Farm> {
  const folder = cloneLab(purpose);
  await openLab(folder).clean(); // What a killed run left behind.
  const lab = openLab(folder);
  const boots = Object.entries(machines).map(([name, address]) => {
    const disk = options.disk?.[name];
    return lab.boot(name, address, disk === undefined ? {} : { disk });
  });
  await Promise.all(boots);
  const clone = await openClone({
    enter: (command) => lab.enterCommand(command),
    env: { CROFT_SSH_CONFIG: lab.sshConfig() },
  });
  return {
    lab,
    clone,
    on: async (host, ...command) => {
      const { code, stdout, stderr } = await lab.exec(host, command);
      assert.equal(code, 0, `${command.join(" ")} on ${host}: ${stderr}`);
      return stdout.trim();
    },
    add: async (host, address) => {
      const fingerprint = await lab.hostKeyFingerprint(host);
      const { code, text } = await clone.croft(
        `host add ${host} root@${address} --fingerprint ${fingerprint}`,
      );
      assert.equal(code, 0, text);
    },
    [Symbol.asyncDispose]: async () => {
      await clone[Symbol.asyncDispose]();
      await lab.clean();
    },
  };
}

/** How often a machine was logged in to, and how many commands were run, since the test made its sshd tell. */
export async function visitsTo(
  { on }: Farm,
  host: string,
): Promise<{ readonly logins: number; readonly commands: number }> {
  const log = await on(host, "journalctl", "-q", "-o", "cat", "-t", "sshd", "-t", "sshd-session");
  const count = (pattern: RegExp): number => log.match(pattern)?.length ?? 0;
  return { logins: count(/^Accepted publickey/gmu), commands: count(/^Starting session: command/gmu) };
}

/** Makes a machine's sshd note every command in its journal. */
export async function noteVisits({ on }: Farm, host: string): Promise<void> {
  await on(
    host,
    "sh",
    "-c",
    "echo LogLevel VERBOSE >/etc/ssh/sshd_config.d/e2e.conf && systemctl reload ssh",
  );
}
