import { sha256 } from "./digest.ts";
import type { Ledger } from "./ledger.ts";
import type { Rendered } from "./rendering.ts";

/** Who a value shall be encrypted to: owners, and hosts with their keys. */
export interface Recipients {
  readonly owners: readonly string[];
  readonly hosts: ReadonlyMap<string, string>;
}

/** What has to be done for a secret, and why. */
type Judgement =
  | { readonly outcome: "created" | "unchanged" }
  | { readonly outcome: "rendered" | "re-encrypted" | "pruned"; readonly why: string };

/** A secret as it is stored and as it was rendered now. */
interface Comparison {
  readonly rendered: Rendered;
  /** As it is stored; `undefined` when there is none. */
  readonly ledger: Ledger | undefined;
  /** The encrypted file. */
  readonly value: Uint8Array | undefined;
  readonly recipients: Recipients;
  readonly isRotated: boolean;
  readonly prune: boolean;
}

/** Compares without decrypting any value: the ledger knows the hash of the encrypted file and who can read it. */
export function judge({ rendered, ledger, value, recipients, isRotated, prune }: Comparison): Judgement {
  if (ledger === undefined && value === undefined) return { outcome: "created" };
  if (isRotated) return { outcome: "rendered", why: "rotated" };
  if (ledger === undefined) return { outcome: "created" };
  const rendering = reasonToRender(rendered, ledger, value);
  if (rendering !== undefined) return { outcome: "rendered", why: rendering };
  const encrypting = reasonsToEncrypt(ledger, recipients);
  if (encrypting.length > 0) return { outcome: "re-encrypted", why: encrypting.join(", ") };
  const surplus = [...ledger.draws.keys()].filter(
    (draw) => prune && rendered.draws?.made.has(draw) === false,
  );
  if (surplus.length > 0) return { outcome: "pruned", why: `${list("draw", surplus)} dropped` };
  return { outcome: "unchanged" };
}

function reasonToRender(
  rendered: Rendered,
  ledger: Ledger,
  value: Uint8Array | undefined,
): string | undefined {
  const added = rendered.draws?.added ?? [];
  if (rendered.sha256 !== ledger.value.sha256 || added.length > 0) {
    const changed = [...rendered.reads].filter(([name, hash]) => hash !== ledger.value.reads.get(name));
    if (rendered.inputs !== ledger.value.inputs) return "its spec changed";
    if (changed.length > 0)
      return `${list(
        "secret",
        changed.map(([name]) => name),
      )} changed`;
    return `${list("draw", added)} added`;
  }
  if (value === undefined) return "its value was missing";
  return sha256(value) === ledger.file.sha256
    ? undefined
    : "its value was not the one that the ledger describes";
}

function reasonsToEncrypt(ledger: Ledger, { owners, hosts }: Recipients): readonly string[] {
  const before = ledger.file.hosts;
  const added = [...hosts.keys()].filter((host) => !before.has(host)).sort();
  const removed = [...before.keys()].filter((host) => !hosts.has(host)).sort();
  const rekeyed = [...hosts.keys()]
    .filter((host) => before.has(host) && before.get(host) !== hosts.get(host))
    .sort();
  return [
    ...(owners.join() === ledger.owners.join() ? [] : ["owners changed"]),
    ...(added.length === 0 ? [] : [`${list("host", added)} added`]),
    ...(removed.length === 0 ? [] : [`${list("host", removed)} removed`]),
    ...(rekeyed.length === 0 ? [] : [`${list("host", rekeyed)} has a new key`]),
  ];
}

function list(word: string, names: readonly string[]): string {
  return `${names.length === 1 ? word : `${word}s`} ${names.map((name) => `\`${name}\``).join(", ")}`;
}
