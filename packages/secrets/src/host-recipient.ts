import { parseRecipient } from "./age.ts";
import { whileLocked } from "./lock.ts";
import { readRecipients } from "./owner.ts";
import { badRecipient } from "./problem.ts";
import type { Store } from "./store.ts";
import { changeStore, shownPath, storePath } from "./store-files.ts";

/** The public key of a host: `age1…` or `ssh-ed25519 …`; `undefined` when the store has none. */
export async function hostRecipient(store: Store, host: string): Promise<string | undefined> {
  const path = storePath.host(host);
  const recipients = await readRecipients(store, path);
  if (recipients === undefined) return undefined;
  const [recipient, ...more] = recipients;
  if (recipient === undefined || more.length > 0) throw badRecipient(shownPath(store, path));
  return recipient;
}

/**
 * Stores the public key of a host, as `croft host add` and `rekey` do; what the host mounts is encrypted to it by the
 * next update. Nothing is written when it is there already.
 *
 * @throws CroftError `recipient-format`
 */
export async function setHostRecipient(store: Store, host: string, text: string): Promise<void> {
  const path = storePath.host(host);
  const recipient = await parseRecipient(text, shownPath(store, path));
  const isStored = (await hostRecipient(store, host).catch(() => undefined)) === recipient;
  if (!isStored)
    await whileLocked(store, () => changeStore(store, [{ path, content: Buffer.from(`${recipient}\n`) }]));
}

/** Forgets the public key of a host that is retired. */
export async function removeHostRecipient(store: Store, host: string): Promise<void> {
  const change = { path: storePath.host(host), content: undefined };
  await whileLocked(store, () => changeStore(store, [change]));
}
