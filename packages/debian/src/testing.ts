// Fixtures for this package's tests alone.
import { defineArtifact, type SecretFile, sha256, type Wanted } from "@croft/plan";
import {
  type Entry,
  encodeGeneration,
  type FileEntry,
  type Generation,
  generationFile,
  type UnitEntry,
} from "./generation.ts";

/** A generation with nothing in it but what is given. */
export const generation = (parts: Partial<Generation> = {}): Generation => ({
  version: 1,
  host: "barn",
  address: "embedded",
  entries: [],
  units: [],
  directories: [],
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
  /** More lines of its [Service] section. */
  readonly directives?: readonly string[];
  /** Secrets that it depends on. */
  readonly mounts?: readonly string[];
}

/** What is wanted beside files and services. */
export interface MoreWanted {
  readonly secrets?: readonly SecretFile[];
  /** The text of `tmpfiles.conf`. */
  readonly directories?: string;
  /** Parts of single entries, by path. */
  readonly entries?: Readonly<Record<string, Partial<FileEntry>>>;
}

/** What is wanted of a host: text by path, services by the text of their programs. */
export function wanted(
  files: Readonly<Record<string, string>>,
  services: readonly ServiceFixture[] = [],
  more: MoreWanted = {},
): Wanted {
  const texts = new Map<string, string>();
  const entries: Entry[] = Object.entries(files).map(([path, text]) => {
    texts.set(`files${path}`, text);
    return fileEntry(path, text, more.entries?.[path]);
  });
  const units = services.map(({ name, program, directives = [], mounts = [] }): UnitEntry => {
    const source = `programs/${name}.mjs`;
    const text = serviceText(name, directives);
    texts.set(source, program);
    texts.set(`units/${name}.service`, text);
    entries.push(
      fileEntry(`/etc/systemd/system/${name}.service`, text, {
        source: `units/${name}.service`,
        method: "copy",
      }),
    );
    return {
      name: `${name}.service`,
      sha256: sha256(text),
      starts: true,
      stays: true,
      reloads: false,
      program: { source, sha256: sha256(program) },
      files: Object.keys(files).filter((path) => path.startsWith(`/etc/${name}/`)),
      mounts: [...mounts],
    };
  });
  if (more.directories !== undefined) texts.set("tmpfiles.conf", more.directories);
  const description = encodeGeneration(
    generation({ entries, units, directories: more.directories === undefined ? [] : ["/srv"] }),
  );
  const contents = [[generationFile, description] as const, ...texts];
  const artifact = defineArtifact(
    "barn",
    "debian",
    contents.map(([path, text]) => ({ path, content: new TextEncoder().encode(text) })),
  );
  return { artifact, secrets: more.secrets ?? [] };
}

const serviceText = (name: string, directives: readonly string[]): string => {
  const start = `ExecStart=/usr/bin/node /var/lib/croft/current/programs/${name}.mjs`;
  return ["[Service]", start, ...directives, "[Install]", "WantedBy=multi-user.target", ""].join("\n");
};

/** Waits for a condition. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 10,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
