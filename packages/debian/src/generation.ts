import { CroftError } from "@croft/evaluator";
import { z } from "zod";

const mode = z.string().regex(/^0[0-7]{3,4}$/);

const fileEntry = z.strictObject({
  kind: z.literal("file"),
  path: z.string(),
  /** Where the content stands in the artifact. */
  source: z.string(),
  sha256: z.string(),
  owner: z.string(),
  group: z.string(),
  mode,
  method: z.enum(["link", "copy"]),
  replace: z.boolean(),
});

const linkEntry = z.strictObject({ kind: z.literal("link"), path: z.string(), target: z.string() });

const unit = z.strictObject({
  name: z.string(),
  sha256: z.string(),
  /** Whether something starts it at boot; a unit that is only triggered is not started by a deploy. */
  starts: z.boolean(),
  /** Whether it is active as long as it is well, unlike a command that ends. */
  stays: z.boolean(),
  /** Whether it can take new files without a restart. */
  reloads: z.boolean(),
  /** The bundled Node software that it runs, which is what an embedded host can run. */
  program: z.strictObject({ source: z.string(), sha256: z.string() }).optional(),
  /** Managed files that it names or that lie in its configuration directory. */
  files: z.array(z.string()),
  /** Mounted secrets that it names. */
  mounts: z.array(z.string()),
});

const generation = z.strictObject({
  version: z.literal(1),
  host: z.string(),
  address: z.string(),
  entries: z.array(z.discriminatedUnion("kind", [fileEntry, linkEntry])),
  units: z.array(unit),
  /** The directories that `tmpfiles.conf` makes. */
  directories: z.array(z.string()),
  users: z.array(z.string()),
  packages: z.array(z.string()),
});

/** `generation.json` of an artifact: everything that an activation needs to know. */
export type Generation = z.infer<typeof generation>;

/** A file or link that a generation owns. */
export type Entry = Generation["entries"][number];

/** A managed file. */
export type FileEntry = z.infer<typeof fileEntry>;

/** A systemd unit that a generation brings. */
export type UnitEntry = z.infer<typeof unit>;

/** The address of hosts that are folders of this clone. */
export const embedded = "embedded";

/** Where the description stands in the artifact, and in each generation on a device. */
export const generationFile = "generation.json";

/** The text of `generation.json`. */
export const encodeGeneration = (value: Generation): string => `${JSON.stringify(value, null, 2)}\n`;

/** Reads the text of a `generation.json`. @throws CroftError `generation-broken` */
export function decodeGeneration(text: string, where: string): Generation {
  try {
    return generation.parse(JSON.parse(text));
  } catch (cause) {
    throw new CroftError("generation-broken", `\`${generationFile}\` of ${where} is not of version 1`, {
      hint: "was it deployed by a newer Croft? update this clone",
      cause,
    });
  }
}

/** Where a link-method file's path leads on the device. */
export const linkTarget = (entry: Entry): string =>
  entry.kind === "link" ? entry.target : `/var/lib/croft/current/${entry.source}`;

/** Whether the entry itself holds the content, and not a link to it. */
export const isCopy = (entry: Entry): entry is FileEntry => entry.kind === "file" && entry.method === "copy";
