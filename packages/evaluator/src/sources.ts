import { readFileSync } from "node:fs";

/** The only way in which an evaluation sees files: assets and, for error places, the text of modules. */
export interface Sources {
  /** The absolute folder of the repository; places are shown relative to it. */
  readonly root: string;
  /** The bytes of a file, by absolute path; throws when it cannot be read. */
  read(file: string): Uint8Array;
}

/** Sources over a folder on this machine's disk. */
export function diskSources(root: string): Sources {
  return { root, read: (file) => readFileSync(file) };
}
