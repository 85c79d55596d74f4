import { z } from "zod";
import { allCharacterSets } from "./characters.ts";
import type { Draw } from "./draw.ts";
import { badLedger } from "./problem.ts";

/** What is remembered of a secret, for its owners alone: enough to make its value again, to the byte. */
export interface Ledger {
  /** Every draw by name, also those that the spec makes no longer; `prune` drops these. */
  readonly draws: ReadonlyMap<string, Draw>;
  /** The rendered value, and what it was rendered from. */
  readonly value: {
    readonly sha256: string;
    /** A hash over the spec and the versions of what renders it. */
    readonly inputs: string;
    /** The sha256 of each secret that it read, by name. */
    readonly reads: ReadonlyMap<string, string>;
  };
  /** The file that holds the value: its own sha256, and the hosts that it is encrypted to, with their keys. */
  readonly file: { readonly sha256: string; readonly hosts: ReadonlyMap<string, string> };
  /** The owners that ledger and value are encrypted to. */
  readonly owners: readonly string[];
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const length = z.int().min(1);
const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, "base64")));

const draw = z
  .discriminatedUnion("kind", [
    z.strictObject({ name: z.string(), kind: z.literal("bytes"), length, bytes }),
    z.strictObject({
      name: z.string(),
      kind: z.literal("characters"),
      length,
      sets: z.array(z.enum(allCharacterSets)).min(1),
      bytes,
    }),
  ])
  .refine((given) => given.bytes.length === given.length, "a draw is as long as it says");

/** Version 1. Maps are lists of records sorted by name, so that equal ledgers are equal files. */
const ledgerFile = z.strictObject({
  version: z.literal(1),
  draws: z.array(draw),
  value: z.strictObject({
    sha256,
    inputs: sha256,
    reads: z.array(z.strictObject({ name: z.string(), sha256 })),
  }),
  file: z.strictObject({
    sha256,
    hosts: z.array(z.strictObject({ name: z.string(), recipient: z.string() })),
  }),
  owners: z.array(z.string()),
});

/** The bytes of a ledger before they are encrypted: JSON of version 1. */
export function encodeLedger(ledger: Ledger): Uint8Array {
  const draws = sorted(ledger.draws, (name, { bytes: drawn, ...rest }) => ({
    name,
    ...rest,
    bytes: Buffer.from(drawn).toString("base64"),
  }));
  const reads = sorted(ledger.value.reads, (name, hash) => ({ name, sha256: hash }));
  const hosts = sorted(ledger.file.hosts, (name, recipient) => ({ name, recipient }));
  const { value, file, owners } = ledger;
  const json = { version: 1, draws, value: { ...value, reads }, file: { ...file, hosts }, owners };
  return Buffer.from(`${JSON.stringify(json, undefined, 2)}\n`);
}

/** The counterpart of {@link encodeLedger}. @throws CroftError `ledger-unreadable`, which quotes nothing of it */
export function parseLedger(secret: string, file: string, content: Uint8Array): Ledger {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(content).toString());
  } catch {
    throw badLedger(secret, file, "it is no JSON");
  }
  const version = z.looseObject({ version: z.int() }).safeParse(json).data?.version;
  if (version !== undefined && version > 1)
    throw badLedger(secret, file, `it is of version ${version}, and this Croft knows 1`);
  const parsed = ledgerFile.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    throw badLedger(secret, file, `\`${path}\` is not what version 1 has there`);
  }
  const { draws, value, file: valueFile, owners } = parsed.data;
  return {
    draws: new Map(draws.map(({ name, ...rest }) => [name, rest])),
    value: { ...value, reads: new Map(value.reads.map((read) => [read.name, read.sha256])) },
    file: { ...valueFile, hosts: new Map(valueFile.hosts.map((host) => [host.name, host.recipient])) },
    owners,
  };
}

function sorted<V, T>(map: ReadonlyMap<string, V>, show: (name: string, value: V) => T): readonly T[] {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, value]) => show(name, value));
}
