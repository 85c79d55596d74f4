import { homedir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";

/** Where to look for the identity of the user who owns the committed store. */
export interface IdentityLookup {
  /** `CROFT_IDENTITY` names a file, or `-` for standard input; `XDG_CONFIG_HOME` moves the configuration folder. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly standardInput: () => Promise<string>;
}

/** The lookup of this process. */
export function userLookup(): IdentityLookup {
  return {
    env: process.env,
    home: homedir(),
    standardInput: () => (inputOfProcess ??= readText(process.stdin)),
  };
}

/** Standard input can be read once. */
let inputOfProcess: Promise<string> | undefined;

/** The file in the user's configuration folder that holds the owner's identity. */
export function userIdentityFile({ env, home }: IdentityLookup): string {
  const configuration = env["XDG_CONFIG_HOME"];
  return join(
    configuration === undefined || configuration === "" ? join(home, ".config") : configuration,
    "croft/identity.txt",
  );
}
