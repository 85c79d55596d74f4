import { readdir } from "node:fs/promises";
import { endOrphans } from "./orphans.ts";
import { embeddedFolder } from "./place.ts";
import { runtimeBase, runtimeFolder, wipeRuntimeFolder } from "./runtime-folder.ts";
import { askSupervisor } from "./supervisor-client.ts";

/** The embedded hosts that were ever deployed in a clone, also those that the repository has no more. */
export const embeddedHosts = (clone: string): Promise<readonly string[]> =>
  readdir(embeddedFolder(clone)).catch(() => []);

/** Ends what an embedded host runs and wipes its secrets from memory; `false` where there is no such host. */
export async function stopEmbeddedHost(clone: string, host: string): Promise<boolean> {
  if (!(await embeddedHosts(clone)).includes(host)) return false;
  const run = runtimeFolder(await runtimeBase(), clone, host);
  await askSupervisor(run, "shutdown");
  await endOrphans(run);
  await wipeRuntimeFolder(run);
  return true;
}
