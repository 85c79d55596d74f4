import { dirname, relative } from "node:path";
import { CroftError } from "@croft/evaluator";
import { type Address, showAddress, sshCommand } from "./address.ts";
import { lastLine } from "./remote-text.ts";

/** A connection that was refused, or lost, or not made at all: a machine that changes may answer another time. */
export class LostConnection extends CroftError {
  /** Whether the machine did not answer, rather than refuse or be refused. */
  get isUnreachable(): boolean {
    return this.code === unreachable;
  }
}

const unreachable = "host-unreachable";

/** Whose connection failed. */
export interface SshSubject {
  readonly host: string;
  readonly address: Address;
  readonly knownHosts: string;
}

/** Words what the OpenSSH client said when it gave up. */
export function describeSshProblem({ host, address, knownHosts }: SshSubject, stderr: string): CroftError {
  const target = showAddress(address);
  const command = sshCommand(address);
  const said = saidBySsh(stderr);
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED/.test(stderr)) {
    return new LostConnection(
      "host-key-changed",
      `host \`${host}\` shows another host key than the pinned one`,
      {
        at: [`${target}, pinned in ${shownFile(knownHosts)}`],
        hint: `if the machine was installed anew, check its fingerprint there and run \`npx croft host rekey ${host}\`; otherwise somebody stands between`,
      },
    );
  }
  if (/host key is known for/.test(stderr)) {
    return new LostConnection("host-key-unknown", `host \`${host}\` shows a host key that is not pinned`, {
      at: [`${target}, to be pinned in ${shownFile(knownHosts)}`],
      hint: `check its fingerprint there and run \`npx croft host rekey ${host}\``,
    });
  }
  if (/Permission denied|Too many authentication failures/.test(stderr)) {
    return new LostConnection("authentication-refused", `host \`${host}\` refuses the login: ${said}`, {
      at: [target],
      hint: `make \`${command}\` work without a password first: an agent, or an IdentityFile in ~/.ssh/config`,
    });
  }
  if (
    /Bad configuration option|terminating, \d+ bad|Can't open user config|Bad owner or permissions/.test(
      stderr,
    )
  ) {
    return new CroftError("ssh-misconfigured", `the ssh client refuses its configuration: ${said}`, {
      at: [target],
      hint: "Croft needs OpenSSH 8.5 or newer; otherwise correct ~/.ssh/config",
    });
  }
  return new LostConnection(unreachable, `host \`${host}\` cannot be reached: ${said}`, {
    at: [target],
    hint: `is it on? try \`${command}\``,
  });
}

/** The file with its folder, as it is known in the repository. */
const shownFile = (file: string): string => relative(dirname(dirname(file)), file);

const saidBySsh = (stderr: string): string =>
  (lastLine(stderr) || "ssh said nothing").replace(/^ssh: /, "").replace(/\.$/, "");
