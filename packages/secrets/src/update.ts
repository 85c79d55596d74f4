import { dirname } from "node:path";
import { CroftError } from "@croft/evaluator";
import { whileLocked } from "./lock.ts";
import { sortMounts } from "./mounts.ts";
import { type IdentityLookup, userLookup } from "./identity-lookup.ts";
import { storeFailed, unknownRotated } from "./problem.ts";
import type { SecretOutcome, SecretsReport } from "./report.ts";
import type { SecretMount, SecretSpec } from "./spec.ts";
import type { Store, StoreKind } from "./store.ts";
import { stampChange, readStamp } from "./stamp.ts";
import { changeStore, storedSecrets } from "./store-files.ts";
import type { StoreNeed, StorePlan } from "./store-plan.ts";

/** What {@link updateSecrets} works on. */
export interface SecretsUpdate {
  readonly specs: Readonly<Record<string, SecretSpec>>;
  readonly mounts: Readonly<Record<string, SecretMount>>;
  /** Every host, also one that is broken, and the store that its secrets lie in. */
  readonly hosts: Readonly<Record<string, StoreKind>>;
  readonly stores: Readonly<Record<StoreKind, Store>>;
  /** Leaves the committed store alone, as a deploy to embedded hosts does. */
  readonly only?: "embedded";
  /** Where the user's identity is looked for; this process and its user, unless told. */
  readonly lookup?: IdentityLookup;
  /** Works everything out and writes nothing. */
  readonly dryRun?: boolean;
  /** Deletes what is not referenced: secrets, and draws that are no longer made. */
  readonly prune?: boolean;
  /** Secrets to draw anew. */
  readonly rotate?: readonly string[];
}

/**
 * Brings all secrets up to date with their specs and mounts. Run twice, the second run writes nothing. A secret that
 * fails is reported with its error and keeps its files; the others are brought up to date.
 *
 * @throws CroftError `unknown-secret` for a name in `rotate`, and what a mount throws whose values are in error: it is
 * not known then which secrets lose a recipient
 */
export async function updateSecrets(update: SecretsUpdate): Promise<SecretsReport> {
  const { specs, broken } = readSpecs(update.specs);
  const hosts = new Map(Object.entries(update.hosts));
  const mounted = sortMounts(specs, new Map(Object.entries(update.mounts)), hosts);
  const rotate = new Set(update.rotate);
  for (const name of rotate) if (!specs.has(name)) throw unknownRotated(name, specs.keys());
  const lookup = update.lookup ?? userLookup();
  const shared = {
    specs,
    problems: new Map([...mounted.problems, ...broken]),
    rotate,
    prune: update.prune ?? false,
    lookup,
  };
  const dryRun = update.dryRun ?? false;

  const embeddedRoots = [...mounted.embedded.keys()].sort();
  const embedded = await updateStore(
    update.stores.embedded,
    { ...shared, roots: embeddedRoots, hosts: mounted.embedded },
    dryRun,
  );
  let committed = nothing;
  if (update.only === undefined) {
    const stored = await storedSecrets(update.stores.committed);
    const unclaimed = unclaimedSecrets(specs, embedded, stored);
    const roots = [...new Set([...mounted.committed.keys(), ...unclaimed])].sort();
    committed = await updateStore(
      update.stores.committed,
      { ...shared, roots, hosts: mounted.committed },
      dryRun,
    );
  }
  return {
    version: 1,
    dryRun,
    secrets: [...sortedByName(committed.outcomes), ...sortedByName(embedded.outcomes)],
    errors: [...mounted.errors, ...committed.errors, ...embedded.errors],
    ...(committed.identityMade === undefined ? {} : { identityMade: committed.identityMade }),
  };
}

/** Specs as an evaluation gives them: one that is in error when it is read is the problem of its secret alone. */
function readSpecs(given: Readonly<Record<string, SecretSpec>>): {
  readonly specs: ReadonlyMap<string, SecretSpec>;
  readonly broken: ReadonlyMap<string, CroftError>;
} {
  const specs = new Map<string, SecretSpec>();
  const broken = new Map<string, CroftError>();
  for (const name of Object.keys(given)) {
    try {
      specs.set(name, given[name] ?? {});
    } catch (problem) {
      if (!(problem instanceof CroftError)) throw problem;
      specs.set(name, {});
      broken.set(name, problem);
    }
  }
  return { specs, broken };
}

interface StoreUpdate {
  readonly outcomes: readonly SecretOutcome[];
  readonly errors: readonly CroftError[];
  readonly identityMade?: string;
}

const nothing: StoreUpdate = { outcomes: [], errors: [] };

/** Plans, and when something is to be written, plans once more while no other process can get in between. */
async function updateStore(store: Store, need: StoreNeed, dryRun: boolean): Promise<StoreUpdate> {
  try {
    const fresh = await readStamp(store, need);
    if (fresh !== undefined) return { outcomes: fresh, errors: [] };
    // Rendering loads a template engine; whoever only imports this package should not wait for it.
    const { planStore } = await import("./store-plan.ts");
    const plan = await planStore(store, need);
    if (dryRun) return updateOf(plan);
    const changes = plan.changes.length > 0 ? plan.changes : await stampChange(store, need, plan.outcomes);
    if (changes.length === 0) return updateOf(plan);
    return await whileLocked(store, async () => carryOut(store, need, await planStore(store, need)));
  } catch (problem) {
    if (problem instanceof CroftError) return { outcomes: [], errors: [problem] };
    if (!(problem instanceof Error && "syscall" in problem)) throw problem;
    return { outcomes: [], errors: [storeFailed(store.shown, problem)] };
  }
}

async function carryOut(store: Store, need: StoreNeed, plan: StorePlan): Promise<StoreUpdate> {
  if (plan.toKeep !== undefined) {
    const { file, text } = plan.toKeep;
    await store.disk.makeFolder(dirname(file), 0o700);
    await store.disk.create(file, Buffer.from(text), 0o600);
  }
  if (plan.changes.length > 0) await changeStore(store, plan.changes);
  const stamp = await stampChange(store, need, plan.outcomes);
  if (stamp.length > 0) await changeStore(store, stamp);
  return updateOf(plan);
}

function updateOf({ outcomes, toKeep }: StorePlan): StoreUpdate {
  return { outcomes, errors: [], ...(toKeep === undefined ? {} : { identityMade: toKeep.file }) };
}

/**
 * The secrets that no embedded host needs, which belong to the committed store although no host mounts them. While
 * something fails in the embedded store, what it would have read is not known, and only those are taken that the
 * committed store holds already.
 */
function unclaimedSecrets(
  specs: ReadonlyMap<string, SecretSpec>,
  embedded: StoreUpdate,
  stored: readonly string[],
): readonly string[] {
  const claimed = new Set(
    embedded.outcomes
      .filter(({ outcome }) => !["unreferenced", "pruned"].includes(outcome))
      .map(({ name }) => name),
  );
  const isWhole =
    embedded.errors.length === 0 && !embedded.outcomes.some(({ outcome }) => outcome === "failed");
  return [...specs.keys()].filter((name) => !claimed.has(name) && (isWhole || stored.includes(name)));
}

function sortedByName(outcomes: readonly SecretOutcome[]): readonly SecretOutcome[] {
  return [...outcomes].sort((a, b) => (a.name < b.name ? -1 : 1));
}
