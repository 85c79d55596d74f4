import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lives, type ProcessIdentity } from "./process-identity.ts";
import { signal } from "./service.ts";

const patienceSeconds = 5;

/** The living processes of services, as the state files in a host's runtime folder name them. */
export function serviceProcesses(run: string): readonly ProcessIdentity[] {
  return unitFiles(run).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const found = {
      pid: Number(/^MainPID=(\d+)$/m.exec(text)?.[1] ?? 0),
      started: /^Started=(\d+)$/m.exec(text)?.[1] ?? "",
    };
    return found.pid > 0 && lives(found) ? [found] : [];
  });
}

/** Ends services whose supervisor was killed: they would hold their ports for ever. */
export async function endOrphans(run: string): Promise<void> {
  const orphans = serviceProcesses(run);
  for (const { pid } of orphans) signal(pid, "SIGTERM");
  const insistAt = Date.now() + patienceSeconds * 1000;
  while (orphans.some(lives)) {
    if (Date.now() > insistAt) for (const { pid } of orphans) signal(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const file of unitFiles(run)) rmSync(file);
}

function unitFiles(run: string): readonly string[] {
  try {
    return readdirSync(join(run, "units")).map((name) => join(run, "units", name));
  } catch {
    return []; // The host never ran.
  }
}
