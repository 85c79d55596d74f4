import { CroftError } from "@croft/evaluator";
import { decrypt } from "./age.ts";
import { type Ledger, parseLedger } from "./ledger.ts";
import { badLedger, ledgerLost } from "./problem.ts";
import type { Store } from "./store.ts";
import { readStore, shownPath, storePath } from "./store-files.ts";

/** The ledgers of a store, and why some cannot be read. */
interface StoredLedgers {
  readonly ledgers: ReadonlyMap<string, Ledger>;
  readonly problems: ReadonlyMap<string, CroftError>;
}

/** Reads the ledgers of those secrets that have one. A value without a ledger is a problem too, never a new secret. */
export async function readLedgers(
  store: Store,
  secrets: readonly string[],
  identities: readonly string[],
): Promise<StoredLedgers> {
  const ledgers = new Map<string, Ledger>();
  const problems = new Map<string, CroftError>();
  for (const secret of secrets) {
    try {
      ledgers.set(secret, await readLedger(store, secret, identities));
    } catch (problem) {
      if (!(problem instanceof CroftError)) throw problem;
      problems.set(secret, problem);
    }
  }
  return { ledgers, problems };
}

async function readLedger(store: Store, secret: string, identities: readonly string[]): Promise<Ledger> {
  const path = storePath.ledger(secret);
  const shown = shownPath(store, path);
  const file = await readStore(store, path);
  if (file === undefined) throw ledgerLost(secret, shownPath(store, storePath.value(secret)), shown);
  let content: Uint8Array | undefined;
  try {
    content = await decrypt(file, identities);
  } catch {
    throw badLedger(secret, shown, "it is damaged");
  }
  if (content === undefined) throw badLedger(secret, shown, "it is encrypted to other owners");
  return parseLedger(secret, shown, content);
}
