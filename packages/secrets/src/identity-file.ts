import { parsePrivateKey } from "./openssh-key.ts";
import { makeIdentity, recipientOf } from "./age.ts";
import { badIdentity } from "./problem.ts";

/** Private keys with their public halves, and where they come from in words. */
export interface Identities {
  readonly source: string;
  readonly identities: readonly string[];
  readonly recipients: readonly string[];
}

/** Reads the format of `age-keygen` (one key a line, `#` before comments), or one OpenSSH private key. */
export async function parseIdentities(text: string, source: string): Promise<Identities> {
  const lines = text.split("\n").map((line) => line.trim());
  const isSshKey = parsePrivateKey(text) !== undefined;
  const identities = isSshKey ? [text] : lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (identities.length === 0) throw badIdentity(source);
  const recipients = await Promise.all(identities.map((identity) => recipientOf(identity, source)));
  return { source, identities, recipients };
}

/** A new identity, and the text of a file for it as `age-keygen` writes it, but without a date. */
export async function newIdentity(
  source: string,
): Promise<{ readonly made: Identities; readonly text: string }> {
  const identity = await makeIdentity();
  const recipient = await recipientOf(identity, source);
  const text = `# public key: ${recipient}\n${identity}\n`;
  return { made: { source, identities: [identity], recipients: [recipient] }, text };
}
