// Fixtures for this package's tests alone.
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { defineArtifact, type SecretFile, sha256, type Wanted } from "@croft/plan";
import { type Entry, encodeGeneration, type FileEntry, type Generation, generationFile, type UnitEntry } from "./generation.ts";

/** A generation with nothing in it but what is given. */
export const generation = (parts: Partial<Generation> = {}): Generation => ({
  version: 1,
  host: "barn",
  address: "embedded",
  entries: [],
  units: [],
  directories: false,
  users: [],
  packages: [],
  ...parts,
});

/** A managed file by its path and content. */
export const fileEntry = (path: string, text: string, parts: Partial<FileEntry> = {}): FileEntry => ({
  kind: "file",
  path,
  source: `files${path}`,
  sha256: sha256(text),
  owner: "root",
  group: "root",
  mode: "0644",
  method: "link",
  replace: false,
  ...parts,
});

/** A long-running service whose program has this text. */
export interface ServiceFixture {
  readonly name: string;
  readonly program: string;
  readonly directives?: readonly string[];
  readonly mounts?: readonly string[];
}

/** What is wanted of a host: files by path, services by program text, and secrets. */
export function wanted(
  files: Readonly<Record<string, string>>,
  services: readonly ServiceFixture[] = [],
  more: { readonly generation?: Partial<Generation>; readonly secrets?: readonly SecretFile[]; readonly entries?: readonly Entry[] } = {},
): Wanted {
  const texts = new Map<string, string>();
  const entries: Entry[] = Object.entries(files).map(([path, text]) => {
    texts.set(`files${path}`, text);
    return fileEntry(path, text);
  });
  const units: UnitEntry[] = services.map(({ name, program, directives = [], mounts = [] }) => {
    const source = `programs/${name}.mjs`;
    const text = serviceText(name, directives);
    texts.set(source, program);
    texts.set(`units/${name}.service`, text);
    entries.push(fileEntry(`/etc/systemd/system/${name}.service`, text, { source: `units/${name}.service`, method: "copy" }));
    return {
      name: `${name}.service`, sha256: sha256(text), starts: true, stays: true, reloads: false,
      program: { source, sha256: sha256(program) }, files: [], mounts: [...mounts],
    };
  });
  const all = generation({ entries: [...entries, ...(more.entries ?? [])].toSorted((a, b) => (a.path < b.path ? -1 : 1)), units, ...more.generation });
  for (const [path, text] of Object.entries(more.entries === undefined ? {} : {})) texts.set(path, String(text));
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const artifact = defineArtifact("barn", "debian", [
    { path: generationFile, content: encode(encodeGeneration(all)) },
    ...[...texts].map(([path, text]) => ({ path, content: encode(text) })),
  ]);
  return { artifact, secrets: more.secrets ?? [] };
}

const serviceText = (name: string, directives: readonly string[]): string =>
  ["[Service]", `ExecStart=/usr/bin/node /var/lib/croft/current/programs/${name}.mjs`, ...directives, "[Install]", "WantedBy=multi-user.target", ""].join("\n");

/** A folder that goes with the test. */
export async function temporaryFolder(t: TestContext, base = "/tmp"): Promise<string> {
  const folder = await mkdtemp(join(base, "croft-debian-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits for a condition. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
