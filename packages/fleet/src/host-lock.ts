import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { CroftError } from "@croft/evaluator";
import { takeLock } from "@croft/process";

/** The name of the lock of a host: whatever way leads to the workspace, it is one. */
export const hostLockName = (root: string, host: string): string =>
  `croft-host-${createHash("sha256").update(realpathSync(root)).digest("hex").slice(0, 12)}-${host}`;

/** Does something to a host while no other command of this workspace does. @throws CroftError `host-locked` */
export async function whileHostLocked<T>(root: string, host: string, work: () => Promise<T>): Promise<T> {
  const name = hostLockName(root, host);
  const lock = await takeLock(name);
  if (lock === undefined) {
    throw new CroftError(
      "host-locked",
      `host \`${host}\` is worked on by another command of this workspace`,
      {
        hint: `wait for its end, and try again; \`ss -xlp | grep ${name}\` finds it`,
      },
    );
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
