import { decrypt, isAddressedTo } from "./age.ts";
import { parseIdentities } from "./identity-file.ts";
import { missingValue, notAddressed, unreadableValue } from "./problem.ts";
import type { SecretMount } from "./spec.ts";
import type { Store } from "./store.ts";
import { readStore, shownPath, storePath } from "./store-files.ts";

/** A mount of one host with the encrypted value that goes there. */
export interface MountedCiphertext extends SecretMount {
  /** The name of the mount. */
  readonly mount: string;
  readonly ciphertext: Uint8Array;
}

/** A mount of one host with its value, which stays in memory until it reaches the host's runtime memory. */
export interface MountedPlaintext extends SecretMount {
  /** The name of the mount. */
  readonly mount: string;
  readonly plaintext: Uint8Array;
}

/**
 * The encrypted values for a host, sorted by mount. Needs no identity: this is what deploys from CI.
 *
 * @throws CroftError `value-missing`, or `value-stale` for a value that the host's OpenSSH key cannot open
 */
export async function ciphertextsFor(
  store: Store,
  host: string,
  mounts: Readonly<Record<string, SecretMount>>,
): Promise<readonly MountedCiphertext[]> {
  const own = Object.entries(mounts).filter(([, mount]) => mount.host === host);
  if (own.length === 0) return [];
  const publicKey = Buffer.from((await readStore(store, storePath.host(host))) ?? "").toString();
  const sorted = own.sort(([a], [b]) => (a < b ? -1 : 1));
  return Promise.all(
    sorted.map(async ([name, mount]) => {
      const path = storePath.value(mount.secret);
      const ciphertext = await readStore(store, path);
      if (ciphertext === undefined) throw missingValue(mount.secret, shownPath(store, path));
      if (isAddressedTo(ciphertext, publicKey) === false)
        throw notAddressed(mount.secret, host, shownPath(store, path));
      return { ...mount, mount: name, ciphertext };
    }),
  );
}

/**
 * The values for an embedded host, decrypted with the key that the embedded store holds for it.
 *
 * @throws CroftError `value-unreadable`
 */
export async function decryptForHost(
  store: Store,
  host: string,
  ciphertexts: readonly MountedCiphertext[],
): Promise<readonly MountedPlaintext[]> {
  const path = storePath.hostKey(host);
  const key = await readStore(store, path);
  const reader = `host \`${host}\``;
  const identities =
    key === undefined
      ? []
      : (await parseIdentities(Buffer.from(key).toString(), shownPath(store, path))).identities;
  return Promise.all(
    ciphertexts.map(async ({ ciphertext, ...mount }) => {
      const plaintext = await decrypt(ciphertext, identities).catch(() => undefined);
      if (plaintext !== undefined) return { ...mount, plaintext };
      throw unreadableValue(mount.secret, shownPath(store, storePath.value(mount.secret)), reader);
    }),
  );
}
