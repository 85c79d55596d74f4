import { join } from "node:path";
import { type Disk, localDisk } from "./disk.ts";

/**
 * The two kinds of stores: the committed one is for hosts that are deployed to, and its owner's identity is the
 * user's; the embedded one is for embedded hosts, is ignored by git, and holds its own private keys.
 */
export type StoreKind = "committed" | "embedded";

/** A folder of encrypted values, ledgers and public keys. */
export interface Store {
  readonly kind: StoreKind;
  /** Absolute. */
  readonly folder: string;
  /** How the folder is called in messages. */
  readonly shown: string;
  readonly disk: Disk;
}

/** How to open a store. */
export interface StoreOptions {
  readonly kind: StoreKind;
  /** The absolute folder of the repository. */
  readonly root: string;
  /** The store's folder in the repository, such as `secrets` or `.croft/secrets`. */
  readonly path: string;
  readonly disk?: Disk;
}

/** A store over a folder, which need not exist yet; nothing is read or written. */
export function openStore({ kind, root, path, disk = localDisk }: StoreOptions): Store {
  return { kind, folder: join(root, path), shown: path, disk };
}
