import { dirname, join } from "node:path";
import { checkName } from "./name.ts";
import type { Store } from "./store.ts";

/** Paths in a store, relative to its folder. Names are checked before they become paths. */
export const storePath = {
  owners: "recipients/owners.txt",
  /** The embedded store's own owner identity. */
  ownerKey: "keys/owner.txt",
  value: (secret: string): string => named("secret", `values/${secret}.age`, secret),
  ledger: (secret: string): string => named("secret", `ledger/${secret}.age`, secret),
  /** What everybody may know of a secret. */
  public: (secret: string): string => named("secret", `public/${secret}.json`, secret),
  host: (host: string): string => named("host", `recipients/hosts/${host}.txt`, host),
  /** The private key of an embedded host. */
  hostKey: (host: string): string => named("host", `keys/hosts/${host}.txt`, host),
} as const;

/** One change of a store: new content of a file, or its removal. */
export interface Change {
  readonly path: string;
  /** `undefined` removes the file. */
  readonly content: Uint8Array | undefined;
}

/** The bytes of a file of the store. */
export function readStore(store: Store, path: string): Promise<Uint8Array | undefined> {
  return store.disk.read(join(store.folder, path));
}

/** A file of the store, as messages call it. */
export function shownPath(store: Store, path: string): string {
  return `${store.shown}/${path}`;
}

/** The names of all secrets of which the store has a value or a ledger. */
export async function storedSecrets(store: Store): Promise<readonly string[]> {
  const { disk, folder } = store;
  const files = [...(await disk.list(join(folder, "values"))), ...(await disk.list(join(folder, "ledger")))];
  const names = files.filter((file) => file.endsWith(".age")).map((file) => file.slice(0, -".age".length));
  return [...new Set(names)].sort();
}

const staging = ".staging";

/**
 * Makes all changes, in their order. Everything new is written beside the store first, so that a full disk changes
 * nothing; then file by file takes its place. Whatever a kill leaves behind is removed by the next call.
 */
export async function changeStore(store: Store, changes: readonly Change[]): Promise<void> {
  const { disk, folder } = store;
  const modes = store.kind === "embedded" ? { file: 0o600, folder: 0o700 } : { file: 0o644, folder: 0o755 };
  const stagingFolder = join(folder, staging);
  try {
    await disk.remove(stagingFolder);
    await disk.makeFolder(stagingFolder, modes.folder);
    for (const [index, { content }] of changes.entries()) {
      if (content !== undefined) await disk.create(join(stagingFolder, String(index)), content, modes.file);
    }
    for (const [index, { path, content }] of changes.entries()) {
      const file = join(folder, path);
      if (content === undefined) {
        await disk.remove(file);
      } else {
        await disk.makeFolder(dirname(file), modes.folder);
        await disk.replace(join(stagingFolder, String(index)), file);
      }
    }
  } finally {
    await disk.remove(stagingFolder);
  }
}

function named(kind: "secret" | "host", path: string, name: string): string {
  checkName(kind, name);
  return path;
}
