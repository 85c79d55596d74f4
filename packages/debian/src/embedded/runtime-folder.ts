import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, rm, rmdir, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CroftError } from "@croft/evaluator";

/** File systems that live in memory, by the number that statfs(2) gives them. */
const memory = new Set([0x0102_1994 /* tmpfs */, 0x8584_58f6 /* ramfs */]);

/**
 * The folder in memory that all clones of this user share: one folder a clone, one below it a host.
 * @throws CroftError where there is no memory folder, and where somebody else made ours
 */
export async function runtimeBase(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const candidates = [env["XDG_RUNTIME_DIR"], `/run/user/${uid}`, "/dev/shm"].filter(
    (path) => path !== undefined && path !== "",
  );
  for (const candidate of candidates) {
    if (candidate === undefined || !(await isInMemory(candidate))) continue;
    const base = join(candidate, `croft-${uid}`);
    await checkOwner(base);
    return base;
  }
  throw new CroftError(
    "no-memory-folder",
    "no folder in memory was found for the secrets of embedded hosts",
    {
      hint: `set XDG_RUNTIME_DIR to a folder on a tmpfs; tried ${candidates.join(", ")}`,
    },
  );
}

/** Where the embedded hosts of a clone have their runtime folders. */
export const cloneFolder = (base: string, root: string): string =>
  join(base, createHash("sha256").update(root).digest("hex").slice(0, 12));

/** Where an embedded host of a clone has its sockets, states and secrets. */
export const runtimeFolder = (base: string, root: string, host: string): string =>
  join(cloneFolder(base, root), host);

/** Makes a host's runtime folder, for this user alone. @throws CroftError where somebody else made it */
export async function makeRuntimeFolder(base: string, folder: string): Promise<void> {
  await mkdir(base, { mode: 0o700 }).catch(() => undefined); // It is there, or the next line says what it is.
  await checkOwner(base);
  await chmod(base, 0o700);
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** The place may be writable by all, as /dev/shm is: nothing that somebody else put there is read or written. */
async function checkOwner(base: string): Promise<void> {
  const found = await lstat(base).catch(() => undefined);
  if (found === undefined) return; // Nobody made it so far.
  if (found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid)) return;
  throw new CroftError("foreign-memory-folder", `\`${base}\` belongs to somebody else`, {
    hint: "set XDG_RUNTIME_DIR to a folder of your own",
  });
}

/** Removes a host's runtime folder, secrets included. */
export async function wipeRuntimeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  // The clone's folder goes with its last host.
  await rmdir(dirname(folder)).catch(() => undefined);
}

async function isInMemory(folder: string): Promise<boolean> {
  const found = await statfs(folder).catch(() => undefined);
  return found !== undefined && memory.has(Number(found.type));
}
