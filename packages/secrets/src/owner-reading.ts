import { nameHint } from "@croft/evaluator";
import { decrypt } from "./age.ts";
import { type IdentityLookup, userLookup } from "./identity-lookup.ts";
import { openOwner } from "./owner.ts";
import { unknownValue, unreadableValue } from "./problem.ts";
import type { Store } from "./store.ts";
import { readStore, shownPath, storedSecrets, storePath } from "./store-files.ts";

/**
 * The value of a secret, for its owner to see.
 *
 * @throws CroftError `value-missing`, `value-unreadable`, or what is wrong with the identity
 */
export async function readSecretValue(
  store: Store,
  name: string,
  lookup: IdentityLookup = userLookup(),
): Promise<Uint8Array> {
  const path = storePath.value(name);
  const file = await readStore(store, path);
  if (file === undefined)
    throw unknownValue(name, shownPath(store, path), nameHint(name, await storedSecrets(store)));
  const { identities } = await openOwner(store, lookup);
  const plaintext = await decrypt(file, identities).catch(() => undefined);
  if (plaintext === undefined) throw unreadableValue(name, shownPath(store, path), "this owner");
  return plaintext;
}
