import { CroftError } from "@croft/evaluator";
import { parseRecipient } from "./age.ts";
import { newIdentity } from "./identity-file.ts";
import { badRecipient, noHostRecipient } from "./problem.ts";
import type { Store } from "./store.ts";
import { type Change, changeStore, readStore, shownPath, storePath } from "./store-files.ts";
import { readRecipients } from "./owner.ts";
import { whileLocked } from "./lock.ts";

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
  if (!isStored) await whileLocked(store, () => changeStore(store, [{ path, content: Buffer.from(`${recipient}\n`) }]));
}

/** Forgets the public key of a host that is retired. */
export async function removeHostRecipient(store: Store, host: string): Promise<void> {
  const change = { path: storePath.host(host), content: undefined };
  await whileLocked(store, () => changeStore(store, [change]));
}

/** The public keys of hosts, or why one is missing; keys of embedded hosts are made, but not yet written. */
export interface HostKeys {
  readonly recipients: ReadonlyMap<string, string | CroftError>;
  readonly changes: readonly Change[];
}

/** The public keys of the hosts that mount something. */
export async function openHostKeys(store: Store, hosts: Iterable<string>): Promise<HostKeys> {
  const recipients = new Map<string, string | CroftError>();
  const changes: Change[] = [];
  for (const host of [...hosts].sort()) {
    try {
      const isWhole = store.kind === "committed" || (await readStore(store, storePath.hostKey(host))) !== undefined;
      const recipient = isWhole ? await hostRecipient(store, host) : undefined;
      if (recipient !== undefined) {
        recipients.set(host, recipient);
      } else if (store.kind === "committed") {
        recipients.set(host, noHostRecipient(host, shownPath(store, storePath.host(host))));
      } else {
        const { made, text } = await newIdentity(storePath.hostKey(host));
        recipients.set(host, made.recipients.join("\n"));
        changes.push({ path: storePath.hostKey(host), content: Buffer.from(text) });
        changes.push({ path: storePath.host(host), content: Buffer.from(`${made.recipients.join("\n")}\n`) });
      }
    } catch (problem) {
      if (!(problem instanceof CroftError)) throw problem;
      recipients.set(host, problem);
    }
  }
  return { recipients, changes };
}
