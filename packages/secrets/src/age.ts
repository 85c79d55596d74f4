import { encodePublicKey, parsePrivateKey, parsePublicKey } from "./openssh-key.ts";
import { badIdentity, badRecipient } from "./problem.ts";
import { fingerprint, SshEd25519Identity, SshEd25519Recipient } from "./ssh-ed25519.ts";

/** typage takes a tenth of a second to load, and deploying an unchanged host needs none of it. */
const typage = () => import("age-encryption");

/** The age file that all of these recipients (`age1…` or `ssh-ed25519 …`) can read. */
export async function encrypt(plaintext: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  const { Encrypter } = await typage();
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    const sshKey = parsePublicKey(recipient);
    encrypter.addRecipient(sshKey === undefined ? recipient : new SshEd25519Recipient(sshKey));
  }
  return encrypter.encrypt(plaintext);
}

/**
 * The content of an age file, or `undefined` when it was not encrypted to any of these identities
 * (`AGE-SECRET-KEY-1…`, or the text of an OpenSSH private key file).
 *
 * @throws Error when the file is damaged
 */
export async function decrypt(
  file: Uint8Array,
  identities: readonly string[],
): Promise<Uint8Array | undefined> {
  const { Decrypter } = await typage();
  const decrypter = new Decrypter();
  for (const identity of identities) {
    const sshKey = parsePrivateKey(identity);
    decrypter.addIdentity(sshKey === undefined ? identity : new SshEd25519Identity(sshKey));
  }
  try {
    return await decrypter.decrypt(file);
  } catch (problem) {
    if (problem instanceof Error && problem.message === notMine) return undefined;
    throw problem;
  }
}

/** What typage says when none of the identities fits; it has no class for it, and a test watches the words. */
const notMine = "no identity matched any of the file's recipients";

/** A new X25519 identity. */
export async function makeIdentity(): Promise<string> {
  return (await typage()).generateX25519Identity();
}

/** The recipient of an identity. @throws CroftError `identity-format` */
export async function recipientOf(identity: string, source: string): Promise<string> {
  const sshKey = parsePrivateKey(identity);
  if (sshKey !== undefined) return encodePublicKey(sshKey.publicKey);
  try {
    return await (await typage()).identityToRecipient(identity);
  } catch {
    throw badIdentity(source);
  }
}

/** A recipient in the one form in which it is compared and stored. @throws CroftError `recipient-format` */
export async function parseRecipient(text: string, source: string): Promise<string> {
  const sshKey = parsePublicKey(text);
  if (sshKey !== undefined) return encodePublicKey(sshKey);
  const recipient = text.trim();
  // The age program of Debian knows plain X25519 recipients alone, and they are 62 characters long.
  if (!/^age1[a-z0-9]{58}$/.test(recipient)) throw badRecipient(source);
  const { Encrypter } = await typage();
  try {
    new Encrypter().addRecipient(recipient);
  } catch {
    throw badRecipient(source);
  }
  return recipient;
}

/**
 * Whether an age file names this recipient in its header: known for OpenSSH keys only, since X25519 recipients are
 * anonymous (`undefined`).
 */
export function isAddressedTo(file: Uint8Array, recipient: string): boolean | undefined {
  const sshKey = parsePublicKey(recipient);
  if (sshKey === undefined) return undefined;
  const text = Buffer.from(file).toString("latin1");
  const header = text.slice(0, Math.max(text.indexOf("\n--- "), 0));
  return header.includes(`\n-> ssh-ed25519 ${fingerprint(sshKey)} `);
}
