import { createHash } from "node:crypto";
import { CroftError } from "@croft/evaluator";
import { z } from "zod";
import type { Artifact, ArtifactFile } from "./artifact.ts";

const manifestSchema = z.strictObject({
  version: z.literal(1),
  host: z.string(),
  platform: z.string(),
  hash: z.string(),
  files: z.array(
    z.strictObject({ path: z.string(), size: z.number(), mode: z.literal("0644"), sha256: z.string() }),
  ),
});

/** `manifest.json` of an artifact: each file, and one hash over all of them. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The SHA-256 of bytes or text, in hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

/** Makes an artifact of files in any order. */
export function defineArtifact(host: string, platform: string, files: readonly ArtifactFile[]): Artifact {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const bad = sorted.find(({ path }, index) => !isArtifactPath(path) || sorted[index + 1]?.path === path);
  if (bad !== undefined)
    throw new Error(`artifact of ${host}: path ${JSON.stringify(bad.path)} is malformed or twice there`);
  return { host, platform, hash: hashOf(host, platform, entriesOf(sorted)), files: sorted };
}

/** The manifest of an artifact. */
export function manifestOf(artifact: Artifact): Manifest {
  const { host, platform, hash, files } = artifact;
  return { version: 1, host, platform, hash, files: entriesOf(files) };
}

/** The text of `manifest.json`. */
export const encodeManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** Reads the text of a `manifest.json`, and checks its hash over all. */
export function decodeManifest(text: string): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new CroftError("manifest-broken", "`manifest.json` is not JSON", { cause });
  }
  const parsed = manifestSchema.safeParse(data);
  if (!parsed.success) {
    throw new CroftError("manifest-broken", "`manifest.json` has another form than version 1", {
      cause: parsed.error,
    });
  }
  const { host, platform, hash, files } = parsed.data;
  if (hashOf(host, platform, files) !== hash) {
    throw new CroftError("manifest-broken", "`manifest.json` does not match its own hash");
  }
  return parsed.data;
}

/** Paths that are the same on every machine and stay inside the artifact. */
const isArtifactPath = (path: string): boolean =>
  // Line breaks and tabs delimit fields on devices.
  path !== "manifest.json" &&
  !/\p{Cc}/u.test(path) &&
  path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && part !== ".croft");

const entriesOf = (files: readonly ArtifactFile[]): Manifest["files"] =>
  files.map(({ path, content }) => ({
    path,
    size: content.byteLength,
    mode: "0644",
    sha256: sha256(content),
  }));

const hashOf = (host: string, platform: string, files: Manifest["files"]): string =>
  sha256(
    JSON.stringify([1, host, platform, files.map(({ path, mode, sha256: hash }) => [path, mode, hash])]),
  );
