import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { endOrphans } from "./orphans.ts";
import { embeddedRoot } from "./place.ts";
import { cloneFolder, runtimeBase, runtimeFolder, wipeRuntimeFolder } from "./runtime-folder.ts";
import { askSupervisor } from "./supervisor-client.ts";

/** The embedded hosts of a clone that hold something in memory, secrets or services, be they in the repository or not. */
export async function embeddedHosts(clone: string): Promise<readonly string[]> {
  const base = await runtimeBase().catch(() => undefined); // Where no host can run, none does.
  return base === undefined ? [] : (await readdir(cloneFolder(base, clone)).catch(() => [])).toSorted();
}

/** Ends what an embedded host runs and wipes its secrets from memory; `false` where there is no such host. */
export async function stopEmbeddedHost(clone: string, host: string): Promise<boolean> {
  const run = runtimeFolder(await runtimeBase(), clone, host);
  if (!existsSync(run)) return existsSync(embeddedRoot(clone, host));
  await askSupervisor(run, "shutdown");
  await endOrphans(run);
  await wipeRuntimeFolder(run);
  return true;
}
