import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Makes a folder below `.croft`, which is for this user alone: what programs printed lies in there, too. */
export function croftFolder(root: string, name: string): string {
  const folder = join(root, ".croft", name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
