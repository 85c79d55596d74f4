import { readFile } from "node:fs/promises";
import { parseRecipient } from "./age.ts";
import { type Identities, newIdentity, parseIdentities } from "./identity-file.ts";
import { type IdentityLookup, userIdentityFile } from "./identity-lookup.ts";
import {
  badRecipient,
  embeddedOwnerLost,
  missingIdentity,
  namedIdentityUnreadable,
  ownersLost,
  userIdentityUnreadable,
  wrongIdentity,
} from "./problem.ts";
import type { Store } from "./store.ts";
import { type Change, readStore, shownPath, storedSecrets, storePath } from "./store-files.ts";

/** A new identity that shall be kept at a place outside of the store. */
export interface KeyToKeep {
  readonly file: string;
  readonly text: string;
}

/** The owner of a store: the identity at hand, and all owners' recipients; what is new is not yet written. */
export interface Owner {
  readonly identities: readonly string[];
  readonly recipients: readonly string[];
  readonly changes: readonly Change[];
  readonly toKeep?: KeyToKeep;
}

/**
 * The owner of a store. Only for a store that has no owner yet, one is found or made.
 *
 * @throws CroftError `identity-missing`, `identity-wrong`, `identity-format`, `owners-missing`, `recipient-format`
 */
export async function openOwner(store: Store, lookup: IdentityLookup): Promise<Owner> {
  const found = await findIdentities(store, lookup);
  const owners = await readRecipients(store, storePath.owners);
  const shownOwners = shownPath(store, storePath.owners);
  if (owners === undefined) {
    if ((await storedSecrets(store)).length > 0) throw ownersLost(shownOwners);
    return found === undefined ? firstOwner(store, lookup) : { ...found, changes: [ownersChange(found)] };
  }
  if (owners.length === 0) throw badRecipient(shownOwners);
  if (found === undefined) {
    if (store.kind === "committed") throw missingIdentity(shownOwners, userIdentityFile(lookup));
    throw embeddedOwnerLost(shownPath(store, storePath.ownerKey), store.shown);
  }
  const isOwner = found.recipients.some((recipient) => owners.includes(recipient));
  if (!isOwner) throw wrongIdentity(found.source, shownOwners);
  return { identities: found.identities, recipients: owners, changes: [] };
}

/** The recipients in a file of the store, one a line; `undefined` when there is no such file. */
export async function readRecipients(store: Store, path: string): Promise<readonly string[] | undefined> {
  const content = await readStore(store, path);
  if (content === undefined) return undefined;
  const lines = Buffer.from(content)
    .toString()
    .split("\n")
    .map((line) => line.trim());
  const texts = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const recipients = await Promise.all(texts.map((line) => parseRecipient(line, shownPath(store, path))));
  return [...new Set(recipients)].sort();
}

async function findIdentities(store: Store, lookup: IdentityLookup): Promise<Identities | undefined> {
  if (store.kind === "embedded") {
    const content = await readStore(store, storePath.ownerKey);
    const source = shownPath(store, storePath.ownerKey);
    return content === undefined ? undefined : parseIdentities(Buffer.from(content).toString(), source);
  }
  const named = lookup.env["CROFT_IDENTITY"];
  if (named === "-") return parseIdentities(await lookup.standardInput(), "standard input");
  const file = named === undefined || named === "" ? userIdentityFile(lookup) : named;
  try {
    return await parseIdentities(await readFile(file, "utf8"), `\`${file}\``);
  } catch (problem) {
    const isUnreadable = problem instanceof Error && "syscall" in problem;
    if (!isUnreadable) throw problem;
    if (file === named) throw namedIdentityUnreadable(file);
    if ("code" in problem && problem.code === "ENOENT") return undefined;
    throw userIdentityUnreadable(file);
  }
}

async function firstOwner(store: Store, lookup: IdentityLookup): Promise<Owner> {
  if (store.kind === "embedded") {
    const { made, text } = await newIdentity(storePath.ownerKey);
    return {
      ...made,
      changes: [{ path: storePath.ownerKey, content: Buffer.from(text) }, ownersChange(made)],
    };
  }
  const file = userIdentityFile(lookup);
  const { made, text } = await newIdentity(file);
  return { ...made, changes: [ownersChange(made)], toKeep: { file, text } };
}

function ownersChange({ recipients }: Identities): Change {
  const text = `# who may read and change all secrets of this store, one public key a line\n${recipients.join("\n")}\n`;
  return { path: storePath.owners, content: Buffer.from(text) };
}
