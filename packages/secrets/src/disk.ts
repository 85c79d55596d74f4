import { link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** The few things that a store asks of a file system; tests put one in between that fails. */
export interface Disk {
  /** The bytes of a file, or `undefined` when there is none. */
  read(file: string): Promise<Uint8Array | undefined>;
  /** All files below a folder, as sorted paths relative to it; none when the folder is absent. */
  list(folder: string): Promise<readonly string[]>;
  /** Makes a folder and those above it. */
  makeFolder(folder: string, mode: number): Promise<void>;
  /** Makes a new file, whole or not at all, through to the disk; fails when it exists. */
  create(file: string, content: Uint8Array, mode: number): Promise<void>;
  /** Puts a file in the place of another, through to the disk. */
  replace(from: string, to: string): Promise<void>;
  /** Removes a file or a folder with all that is in it, if it exists. */
  remove(path: string): Promise<void>;
}

/** The file system of this machine. */
export const localDisk: Disk = {
  async read(file) {
    return absentAs(undefined, readFile(file));
  },
  async list(folder) {
    const entries = await absentAs([], readdir(folder, { recursive: true, withFileTypes: true }));
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  },
  async makeFolder(folder, mode) {
    await mkdir(folder, { recursive: true, mode });
  },
  async create(file, content, mode) {
    const unfinished = `${file}.${process.pid}.tmp`;
    try {
      const handle = await open(unfinished, "w", mode);
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await link(unfinished, file);
    } finally {
      await rm(unfinished, { force: true });
    }
  },
  async replace(from, to) {
    await rename(from, to);
    const folder = await open(join(to, ".."));
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  async remove(path) {
    await rm(path, { recursive: true, force: true });
  },
};

async function absentAs<T>(fallback: T, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (problem) {
    if (problem instanceof Error && "code" in problem && problem.code === "ENOENT") return fallback;
    throw problem;
  }
}
