import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { isAlive } from "@croft/process";

/** Does something to a host while no other command of this workspace does. @throws CroftError `host-locked` */
export async function whileHostLocked<T>(root: string, host: string, work: () => Promise<T>): Promise<T> {
  const folder = join(root, ".croft", "locks");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, host);
  take(file, host);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string, host: string): void {
  for (const isLast of [false, true]) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const holder = Number(readHolder(file));
    if (isLast || (holder > 0 && isAlive(holder))) {
      throw new CroftError(
        "host-locked",
        `host \`${host}\` is worked on by another command of this workspace (process ${holder})`,
        {
          hint: "wait for its end, and try again",
        },
      );
    }
    rmSync(file, { force: true }); // Whoever held it was killed.
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
