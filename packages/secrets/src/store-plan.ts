import { CroftError } from "@croft/evaluator";
import { encrypt } from "./age.ts";
import { sha256 } from "./digest.ts";
import { openHostKeys } from "./host-key.ts";
import { judge, type Recipients } from "./judgement.ts";
import { encodeLedger, type Ledger } from "./ledger.ts";
import type { IdentityLookup } from "./identity-lookup.ts";
import { type KeyToKeep, openOwner } from "./owner.ts";
import { type Rendered, Rendering } from "./rendering.ts";
import type { SecretOutcome } from "./report.ts";
import type { SecretSpec } from "./spec.ts";
import { recordChange } from "./spec-record.ts";
import type { Store } from "./store.ts";
import { type Change, readStore, storedSecrets, storePath } from "./store-files.ts";
import { readLedgers } from "./stored-ledgers.ts";

/** What one store shall hold. */
export interface StoreNeed {
  readonly specs: ReadonlyMap<string, SecretSpec>;
  /** The secrets that are needed for sure; what they read is needed too. */
  readonly roots: readonly string[];
  /** The hosts that each secret is encrypted to. */
  readonly hosts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Secrets that nothing may be written for, and why. */
  readonly problems: ReadonlyMap<string, CroftError>;
  /** Secrets whose draws are thrown away. */
  readonly rotate: ReadonlySet<string>;
  /** Deletes what is not referenced. */
  readonly prune: boolean;
  readonly lookup: IdentityLookup;
}

/** All that an update of one store would write, worked out in memory. */
export interface StorePlan {
  readonly outcomes: readonly SecretOutcome[];
  /** In the order to make them: keys, then for each secret, after those that it reads, ledger and value. */
  readonly changes: readonly Change[];
  readonly toKeep?: KeyToKeep;
}

/** Reads, renders, compares and encrypts; writes nothing. @throws CroftError about the owner */
export async function planStore(store: Store, need: StoreNeed): Promise<StorePlan> {
  const stored = await storedSecrets(store);
  if (need.roots.length === 0) return planLeftovers(store, need, stored, new Map());
  const owner = await openOwner(store, need.lookup);
  const hostKeys = await openHostKeys(
    store,
    new Set([...need.hosts.values()].flatMap((hosts) => [...hosts])),
  );
  const recipients = recipientsBySecret(need, owner.recipients, hostKeys.recipients);
  const known = stored.filter((name) => need.specs.has(name) && !need.rotate.has(name));
  const { ledgers, problems } = await readLedgers(store, known, owner.identities);

  const rendering = new Rendering({
    specs: need.specs,
    ledgers,
    problems: new Map([...problems, ...recipients.problems, ...need.problems]),
    always: need.prune,
  });
  for (const root of need.roots) rendering.resolve(root);

  const outcomes: SecretOutcome[] = [];
  const changes: Change[] = [];
  for (const [name, rendered] of rendering.results) {
    if (rendered instanceof CroftError) {
      outcomes.push({ name, store: store.kind, outcome: "failed", error: rendered });
      continue;
    }
    const ledger = ledgers.get(name);
    const value = await readStore(store, storePath.value(name));
    const wanted = recipients.wanted(name);
    const isRotated = need.rotate.has(name) && stored.includes(name);
    const judgement = judge({ rendered, ledger, value, recipients: wanted, isRotated, prune: need.prune });
    outcomes.push({ name, store: store.kind, ...judgement });
    if (judgement.outcome !== "unchanged") {
      const kept = need.prune ? new Map<string, never>() : (ledger?.draws ?? new Map<string, never>());
      const draws = new Map([...kept, ...(rendered.draws?.made ?? [])]);
      changes.push(...(await encryptSecret(name, rendering.value(name), rendered, draws, wanted)));
    }
    changes.push(...(await recordChange(store, name, need.specs.get(name) ?? {})));
  }
  const leftovers = planLeftovers(store, need, stored, rendering.results);
  // Keys are kept when something is encrypted to them, not when all has failed.
  const keys = changes.length === 0 ? [] : [...owner.changes, ...hostKeys.changes];
  return {
    outcomes: [...outcomes, ...leftovers.outcomes],
    changes: [...keys, ...changes, ...leftovers.changes],
    ...(owner.toKeep === undefined || changes.length === 0 ? {} : { toKeep: owner.toKeep }),
  };
}

/** Ledger and value; the ledger comes first, since nothing is lost when a value is missing. */
async function encryptSecret(
  name: string,
  value: string,
  { sha256: valueHash, inputs, reads }: Rendered,
  draws: Ledger["draws"],
  { owners, hosts }: Recipients,
): Promise<readonly Change[]> {
  const file = await encrypt(Buffer.from(value), [...new Set([...owners, ...hosts.values()])]);
  const ledger = {
    draws,
    value: { sha256: valueHash, inputs, reads },
    file: { sha256: sha256(file), hosts },
    owners,
  };
  return [
    { path: storePath.ledger(name), content: await encrypt(encodeLedger(ledger), owners) },
    { path: storePath.value(name), content: file },
  ];
}

function recipientsBySecret(
  need: StoreNeed,
  owners: readonly string[],
  keys: ReadonlyMap<string, string | CroftError>,
): { readonly problems: ReadonlyMap<string, CroftError>; readonly wanted: (secret: string) => Recipients } {
  const problems = new Map<string, CroftError>();
  const bySecret = new Map<string, Map<string, string>>();
  for (const [secret, hosts] of need.hosts) {
    const known = new Map<string, string>();
    for (const host of [...hosts].sort()) {
      const key = keys.get(host);
      if (key instanceof CroftError) problems.set(secret, key);
      else if (key !== undefined) known.set(host, key);
    }
    bySecret.set(secret, known);
  }
  return {
    problems,
    wanted: (secret) => ({ owners, hosts: bySecret.get(secret) ?? new Map<string, string>() }),
  };
}

/** What is stored and not needed. While something fails, what it would have read is not known: that stays. */
function planLeftovers(
  store: Store,
  need: StoreNeed,
  stored: readonly string[],
  needed: ReadonlyMap<string, Rendered | CroftError>,
): StorePlan {
  const allKnown = ![...needed.values()].some((result) => result instanceof CroftError);
  const names = stored.filter((name) => !needed.has(name) && (allKnown || !need.specs.has(name)));
  if (!need.prune) {
    return {
      outcomes: names.map((name) => ({ name, store: store.kind, outcome: "unreferenced" })),
      changes: [],
    };
  }
  return {
    outcomes: names.map((name) => ({ name, store: store.kind, outcome: "pruned", why: "not referenced" })),
    changes: names.flatMap((name) => [
      { path: storePath.value(name), content: undefined },
      { path: storePath.ledger(name), content: undefined },
      { path: storePath.public(name), content: undefined },
    ]),
  };
}
