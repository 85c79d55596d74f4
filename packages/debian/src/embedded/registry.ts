import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { serviceProcesses } from "./orphans.ts";
import { embeddedRoot } from "./place.ts";
import { lives } from "./process-identity.ts";
import { wipeRuntimeFolder } from "./runtime-folder.ts";

const record = z.object({
  clone: z.string(),
  host: z.string(),
  ports: z.array(z.number()),
  /** Which folder its supervisor works in: one that was removed and made anew is another. */
  folder: z.string(),
});

/** What an embedded host says of itself in its runtime folder, for other clones to read. */
export type RunningHost = z.infer<typeof record>;

/** Makes a host known to the other clones of this user. */
export async function register(run: string, host: Omit<RunningHost, "folder">): Promise<void> {
  const folder = (await identify(host)) ?? "";
  await writeFile(join(run, "host.json"), `${JSON.stringify({ ...host, folder })}\n`);
}

/** Whether what a host holds in memory belongs to a folder that was removed, or made anew, since. */
export async function isBereft(run: string): Promise<boolean> {
  const host = await readRecord(run);
  return host !== undefined && host.folder !== (await identify(host));
}

/** Every embedded host of this user, of any clone, that runs something; what clones that are gone left is wiped. */
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
  const host = await readRecord(run);
  if (host === undefined) return undefined;
  // Services outlive a supervisor that was killed.
  if ((await supervisorLives(run)) || serviceProcesses(run).length > 0) return host;
  if (!existsSync(host.clone)) await wipeRuntimeFolder(run);
  return undefined;
}

async function readRecord(run: string): Promise<RunningHost | undefined> {
  try {
    return record.parse(JSON.parse(await readFile(join(run, "host.json"), "utf8")));
  } catch {
    return undefined;
  }
}

/** The number of a folder is given to another one when it is gone; together with its birth it is its own. */
async function identify({ clone, host }: Pick<RunningHost, "clone" | "host">): Promise<string | undefined> {
  const found = await stat(embeddedRoot(clone, host), { bigint: true }).catch(() => undefined);
  return found === undefined ? undefined : `${found.dev}:${found.ino}:${found.birthtimeNs}`;
}

/** Whether the supervisor of a host runs. */
async function supervisorLives(run: string): Promise<boolean> {
  const text = await readFile(join(run, "supervisor"), "utf8").catch(() => "");
  const [pid = "0", started = ""] = text.trim().split(" ");
  return started !== "" && lives({ pid: Number(pid), started });
}
