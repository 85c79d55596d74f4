import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { serviceProcesses } from "./orphans.ts";
import { lives } from "./process-identity.ts";

const record = z.object({ clone: z.string(), host: z.string(), ports: z.array(z.number()) });

/** What an embedded host says of itself in its runtime folder, for other clones to read. */
export type RunningHost = z.infer<typeof record>;

/** Makes a host known to the other clones of this user. */
export const register = (run: string, host: RunningHost): Promise<void> =>
  writeFile(join(run, "host.json"), `${JSON.stringify(host)}\n`);

/** Every embedded host of this user, of any clone, that runs something. */
export async function runningHosts(base: string): Promise<readonly RunningHost[]> {
  const clones = await readdir(base).catch(() => []);
  const folders = await Promise.all(
    clones.map(async (clone) =>
      (await readdir(join(base, clone)).catch(() => [])).map((host) => join(base, clone, host)),
    ),
  );
  const found = await Promise.all(folders.flat().map(readHost));
  return found.filter((host) => host !== undefined);
}

async function readHost(run: string): Promise<RunningHost | undefined> {
  try {
    const host = record.parse(JSON.parse(await readFile(join(run, "host.json"), "utf8")));
    // Services outlive a supervisor that was killed.
    return (await supervisorLives(run)) || serviceProcesses(run).length > 0 ? host : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the supervisor of a host runs. */
export async function supervisorLives(run: string): Promise<boolean> {
  const text = await readFile(join(run, "supervisor"), "utf8").catch(() => "");
  const [pid = "0", started = ""] = text.trim().split(" ");
  return started !== "" && lives({ pid: Number(pid), started });
}
