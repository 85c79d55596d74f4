import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { CroftError } from "@croft/evaluator";
import type { Artifact, ArtifactFile } from "./artifact.ts";
import { decodeManifest, defineArtifact, encodeManifest, manifestOf, sha256 } from "./manifest.ts";

/** Puts an artifact in the place of `folder`, whole or not at all. */
export async function writeArtifact(artifact: Artifact, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(`${folder}.new-`);
  const old = `${made}.old`;
  try {
    await Promise.all(artifact.files.map((file) => writeNested(made, file)));
    await writeFile(join(made, "manifest.json"), encodeManifest(manifestOf(artifact)));
    // A folder that is not empty cannot be renamed over: the old one steps aside for the blink of an eye.
    await rename(folder, old).catch(ignoreMissing);
    await rename(made, folder);
  } finally {
    await rm(made, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** Reads an artifact and checks every byte against its manifest; what does not match is a `CroftError`. */
export async function readArtifact(folder: string): Promise<Artifact> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch((cause: unknown) => {
    throw new CroftError("artifact-missing", `\`${folder}\` holds no artifact`, { cause });
  });
  const manifest = decodeManifest(text);
  const listed = new Set(manifest.files.map(({ path }) => path));
  const stray = (await pathsBelow(folder)).find((path) => path !== "manifest.json" && !listed.has(path));
  if (stray !== undefined)
    throw new CroftError("artifact-broken", `\`${folder}/${stray}\` is not in the manifest`);
  const files = await Promise.all(
    manifest.files.map(async ({ path, sha256: wanted }) => {
      const content = await readFile(join(folder, path)).catch((cause: unknown) => {
        throw new CroftError(
          "artifact-broken",
          `\`${folder}/${path}\` is in the manifest and cannot be read`,
          { cause },
        );
      });
      if (sha256(content) !== wanted) {
        throw new CroftError("artifact-broken", `\`${folder}/${path}\` does not match the manifest`);
      }
      return { path, content };
    }),
  );
  return defineArtifact(manifest.host, manifest.platform, files);
}

async function writeNested(folder: string, { path, content }: ArtifactFile): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

async function pathsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}
