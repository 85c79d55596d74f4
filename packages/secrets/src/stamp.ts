import { join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { z } from "zod";
import { canonicalJson, sha256 } from "./digest.ts";
import { renderer } from "./renderer.ts";
import type { SecretOutcome } from "./report.ts";
import type { Store } from "./store.ts";
import { type Change, readStore } from "./store-files.ts";
import type { StoreNeed } from "./store-plan.ts";

/**
 * The embedded store is brought up to date by every deploy. So that an unchanged one costs nothing, a stamp says
 * which files it held and what was asked for when everything was found up to date.
 */
const path = "stamp.json";

const stampFile = z.object({
  version: z.literal(1),
  sha256: z.string(),
  secrets: z.array(z.object({ name: z.string(), outcome: z.enum(["unchanged", "unreferenced"]) })),
});

/** The outcomes of a store that is up to date by its stamp; `undefined` when it has to be looked at. */
export async function readStamp(
  store: Store,
  need: StoreNeed,
): Promise<readonly SecretOutcome[] | undefined> {
  if (!isStamped(store, need)) return undefined;
  const content = await readStore(store, path);
  if (content === undefined) return undefined;
  const parsed = stampFile.safeParse(parseJson(content));
  if (!parsed.success || parsed.data.sha256 !== (await fingerprint(store, need))) return undefined;
  return parsed.data.secrets.map((secret) => ({ ...secret, store: store.kind }));
}

/** The stamp for a store as it stands now; none when something failed, or when the stamp is right already. */
export async function stampChange(
  store: Store,
  need: StoreNeed,
  outcomes: readonly SecretOutcome[],
): Promise<readonly Change[]> {
  const isComplete = outcomes.every(({ outcome }) => outcome !== "failed");
  if (!isStamped(store, need) || !isComplete || outcomes.length === 0) return [];
  const secrets = outcomes.map(({ name, outcome }) => ({
    name,
    outcome: outcome === "unreferenced" ? outcome : ("unchanged" as const),
  }));
  const hash = await fingerprint(store, need);
  if (hash === undefined) return [];
  const stamp = { version: 1, sha256: hash, secrets };
  return [{ path, content: Buffer.from(`${JSON.stringify(stamp, undefined, 2)}\n`) }];
}

function isStamped(store: Store, need: StoreNeed): boolean {
  return store.kind === "embedded" && !need.prune && need.rotate.size === 0 && need.problems.size === 0;
}

/** A hash over files and specs; `undefined` while a spec is in error, also one that this store does not need. */
async function fingerprint(store: Store, need: StoreNeed): Promise<string | undefined> {
  try {
    return await fingerprintOf(store, need);
  } catch (problem) {
    if (problem instanceof CroftError) return undefined;
    throw problem;
  }
}

async function fingerprintOf(store: Store, need: StoreNeed): Promise<string> {
  const files = (await store.disk.list(store.folder)).filter(
    (file) => file !== path && !file.startsWith("."),
  );
  const contents = await Promise.all(
    files.map(async (file) => [file, sha256((await store.disk.read(join(store.folder, file))) ?? "")]),
  );
  const hosts = [...need.hosts].map(([secret, names]) => [secret, [...names].sort()]);
  return sha256(
    canonicalJson([
      renderer,
      Object.fromEntries(need.specs),
      need.roots,
      Object.fromEntries(hosts),
      contents,
    ]),
  );
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString());
  } catch {
    return undefined;
  }
}
