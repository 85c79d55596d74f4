import { CroftError } from "@croft/evaluator";
import { readSecretValue } from "@croft/secrets";
import { storesOf } from "./secrets.ts";

/**
 * The value of a secret, for its owner to see: from the committed store, or else from that of embedded hosts.
 *
 * @throws CroftError `value-missing` when neither has it, `value-unreadable`, or what is wrong with the identity
 */
export async function showSecret(root: string, name: string): Promise<string> {
  const { committed, embedded } = storesOf(root);
  try {
    return text(await readSecretValue(committed, name));
  } catch (error) {
    if (!(error instanceof CroftError) || error.code !== "value-missing") throw error;
  }
  return text(await readSecretValue(embedded, name));
}

const text = (value: Uint8Array): string => new TextDecoder().decode(value);
