import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { sha256 } from "@croft/plan";
import { z } from "zod";
import { bundle } from "./bundle.ts";
import { croftFolder } from "./croft-folder.ts";

const record = z.object({
  version: z.literal(1),
  inputs: z.record(z.string(), z.string()),
  output: z.string(),
});

/**
 * The bundle of a program, made anew only when one of the files that it was made of has changed: a deploy always builds
 * what it is about to ship, and with this that costs next to nothing. Kept in `.croft/bundles`, ignored by git.
 */
export async function cachedBundle(root: string, entry: string): Promise<Uint8Array> {
  const place = join(croftFolder(root, "bundles"), sha256(relative(root, entry)).slice(0, 16));
  const known = await readKnown(root, place);
  if (known !== undefined) return known;
  const { content, inputs } = await bundle(root, entry);
  const files = [...inputs, ...decidingFiles(inputs)];
  const hashes = await Promise.all(files.map(async (file) => [file, await hashOf(root, file)] as const));
  await replace(`${place}.mjs`, content);
  await replace(
    `${place}.json`,
    JSON.stringify({ version: 1, inputs: Object.fromEntries(hashes), output: sha256(content) }),
  );
  return content;
}

async function readKnown(root: string, place: string): Promise<Uint8Array | undefined> {
  try {
    const { inputs, output } = record.parse(JSON.parse(await readFile(`${place}.json`, "utf8")));
    const isSame = async ([file, hash]: [string, string]): Promise<boolean> =>
      (await hashOf(root, file)) === hash;
    if (!(await Promise.all(Object.entries(inputs).map(isSame))).every(Boolean)) return undefined;
    const content = await readFile(`${place}.mjs`);
    return sha256(content) === output ? content : undefined;
  } catch {
    return undefined; // Nothing is known, or it is damaged: it is made anew.
  }
}

/** What decides which files a program is made of, beside the files themselves: absent ones count as empty. */
function decidingFiles(inputs: readonly string[]): readonly string[] {
  const folders = new Set(["."]);
  for (const input of inputs) {
    for (let folder = dirname(input); folder !== "." && folder !== "/"; folder = dirname(folder))
      folders.add(folder);
  }
  return ["package-lock.json", ...[...folders].map((folder) => join(folder, "package.json"))];
}

const hashOf = async (root: string, file: string): Promise<string> =>
  sha256(await readFile(join(root, file)).catch(() => ""));

async function replace(file: string, content: string | Uint8Array): Promise<void> {
  const staged = `${file}.${process.pid}`;
  await writeFile(staged, content);
  await rename(staged, file);
}
