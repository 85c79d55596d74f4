import { CroftError } from "@croft/evaluator";
import { z } from "zod";
import { canonicalJson, sha256 } from "./digest.ts";
import { outdatedSecret } from "./problem.ts";
import { methodOf, type SecretMount, type SecretSpec } from "./spec.ts";
import type { Store } from "./store.ts";
import { type Change, readStore, storePath } from "./store-files.ts";

/**
 * Beside each value of the committed store stands, in the clear, a hash of the specification that it was made from: so
 * a deploy without any identity sees that a value is older. The hash says nothing of the value: it is over what the
 * repository itself says, and neither draws nor other secrets go into it.
 */
const recordFile = z.object({ version: z.literal(1), spec: z.string() });

const hashOf = (name: string, spec: SecretSpec): string => sha256(canonicalJson(methodOf(name, spec)));

/** The record for a value that is up to date; none where it stands already, and in a store that deploys make anew. */
export async function recordChange(store: Store, name: string, spec: SecretSpec): Promise<readonly Change[]> {
  if (store.kind === "embedded") return [];
  const path = storePath.public(name);
  const content = Buffer.from(`${JSON.stringify({ version: 1, spec: hashOf(name, spec) })}\n`);
  const stored = await readStore(store, path);
  return stored !== undefined && content.equals(stored) ? [] : [{ path, content }];
}

/**
 * What a deploy should warn of: the secrets that a host mounts whose values were made from another specification than
 * the one of now. Needs no identity. A value without a record, or with one of a later version, counts as up to date.
 */
export async function outdatedSecrets(
  store: Store,
  host: string,
  mounts: Readonly<Record<string, SecretMount>>,
  specs: Readonly<Record<string, SecretSpec>>,
): Promise<readonly CroftError[]> {
  const own = Object.values(mounts).filter((mount) => mount.host === host);
  const names = [...new Set(own.map(({ secret }) => secret))].sort();
  const found = await Promise.all(
    names.map(async (name) => {
      const made = parseRecord(await readStore(store, storePath.public(name)));
      return made === undefined || made === hashNow(name, specs) ? [] : [outdatedSecret(name)];
    }),
  );
  return found.flat();
}

/** A spec that is in error has no hash; that error is told where the host is checked. */
function hashNow(name: string, specs: Readonly<Record<string, SecretSpec>>): string | undefined {
  try {
    return hashOf(name, specs[name] ?? {});
  } catch (error) {
    if (error instanceof CroftError) return undefined;
    throw error;
  }
}

function parseRecord(content: Uint8Array | undefined): string | undefined {
  if (content === undefined) return undefined;
  try {
    return recordFile.safeParse(JSON.parse(Buffer.from(content).toString())).data?.spec;
  } catch {
    return undefined;
  }
}
