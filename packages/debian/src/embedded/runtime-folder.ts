import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, rm, rmdir, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CroftError } from "@croft/evaluator";

/** File systems that live in memory, by the number that statfs(2) gives them. */
const memory = new Set([0x0102_1994 /* tmpfs */, 0x8584_58f6 /* ramfs */]);

/** The folder in memory that all clones of this user share: one folder a clone, one below it a host. */
export async function runtimeBase(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const candidates = [env["XDG_RUNTIME_DIR"], `/run/user/${uid}`, "/dev/shm"].filter(
    (path) => path !== undefined && path !== "",
  );
  for (const candidate of candidates) {
    if (candidate !== undefined && (await isInMemory(candidate))) return join(candidate, `croft-${uid}`);
  }
  throw new CroftError(
    "no-memory-folder",
    "no folder in memory was found for the secrets of embedded hosts",
    {
      hint: `set XDG_RUNTIME_DIR to a folder on a tmpfs; tried ${candidates.join(", ")}`,
    },
  );
}

/** The part of a host's runtime folder that stands for the clone. */
export const cloneKey = (root: string): string =>
  createHash("sha256").update(root).digest("hex").slice(0, 12);

/** Where an embedded host of a clone has its sockets, states and secrets. */
export const runtimeFolder = (base: string, root: string, host: string): string =>
  join(base, cloneKey(root), host);

/** Makes a host's runtime folder, for this user alone. @throws CroftError where somebody else made it */
export async function makeRuntimeFolder(base: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The place may be writable by all, as /dev/shm is.
  const found = await lstat(base);
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) {
    throw new CroftError("foreign-memory-folder", `\`${base}\` belongs to somebody else`, {
      hint: "set XDG_RUNTIME_DIR to a folder of your own",
    });
  }
  await chmod(base, 0o700);
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
