import { CroftError } from "@croft/evaluator";
import { hostRecipient } from "./host-recipient.ts";
import { newIdentity } from "./identity-file.ts";
import { noHostRecipient } from "./problem.ts";
import type { Store } from "./store.ts";
import { type Change, readStore, shownPath, storePath } from "./store-files.ts";

/** The public keys of hosts, or why one is missing; keys of embedded hosts are made, but not yet written. */
interface HostKeys {
  readonly recipients: ReadonlyMap<string, string | CroftError>;
  readonly changes: readonly Change[];
}

/** The public keys of the hosts that mount something. */
export async function openHostKeys(store: Store, hosts: Iterable<string>): Promise<HostKeys> {
  const recipients = new Map<string, string | CroftError>();
  const changes: Change[] = [];
  for (const host of [...hosts].sort()) {
    try {
      const isWhole =
        store.kind === "committed" || (await readStore(store, storePath.hostKey(host))) !== undefined;
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
