import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { makeIdentity, recipientOf } from "./age.ts";
import { type Disk, localDisk } from "./disk.ts";
import type { IdentityLookup } from "./identity-lookup.ts";
import { setHostRecipient } from "./host-recipient.ts";
import type { RandomSpec, SecretMount, SecretSpec } from "./spec.ts";
import { openStore, type Store, type StoreKind } from "./store.ts";
import { type SecretsUpdate, updateSecrets } from "./update.ts";
import type { SecretsReport } from "./report.ts";

/** For tests: a repository in a temporary folder, with both stores and a home folder beside them. */
export interface Scratch {
  readonly root: string;
  readonly stores: Readonly<Record<StoreKind, Store>>;
  readonly lookup: IdentityLookup;
  /** Runs an update; embedded are the hosts called `mill` and `barn`, committed is `attic`. */
  readonly update: (wanted: Wanted, more?: Partial<SecretsUpdate>) => Promise<SecretsReport>;
}

/** Specs, and the hosts that mount each secret: `{ "notes/key": ["mill"] }`. */
export interface Wanted {
  readonly specs: Readonly<Record<string, SecretSpec>>;
  readonly mounts?: Readonly<Record<string, readonly string[]>>;
}

/** The hosts of a scratch repository. */
export const scratchHosts = {
  attic: "committed",
  barn: "embedded",
  mill: "embedded",
  shed: "committed",
} as const;

/** A temporary repository, removed after the test. */
export async function makeScratch(context: TestContext, disk: Disk = localDisk): Promise<Scratch> {
  const root = await mkdtemp(join(tmpdir(), "croft-secrets-"));
  context.after(() => rm(root, { recursive: true, force: true }));
  const stores = {
    committed: openStore({ kind: "committed", root, path: "secrets", disk }),
    embedded: openStore({ kind: "embedded", root, path: ".croft/secrets", disk }),
  };
  const lookup = { env: {}, home: join(root, "home"), standardInput: () => Promise.resolve("") };
  const update: Scratch["update"] = ({ specs, mounts }, more = {}) =>
    updateSecrets({ specs, mounts: mountsOf(mounts ?? {}), hosts: scratchHosts, stores, lookup, ...more });
  return { root, stores, lookup, update };
}

/** Mounts named `<secret>` on one host, and `<secret>-<host>` on several. */
export function mountsOf(
  hosts: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, SecretMount>> {
  const mounts = Object.entries(hosts).flatMap(([secret, names]) =>
    names.map((host) => [names.length === 1 ? secret : `${secret}-${host}`, mountOf(secret, host)] as const),
  );
  return Object.fromEntries(mounts);
}

function mountOf(secret: string, host: string): SecretMount {
  const path = `/run/croft/secrets/${secret}`;
  return { secret, host, owner: "root", group: "root", mode: "0400", path, restart: [] };
}

/** A secret of random letters and digits. */
export function random(changes: Partial<RandomSpec> = {}): SecretSpec {
  return {
    random: { length: 24, lowercase: true, uppercase: true, numbers: true, special: false, ...changes },
  };
}

/** A secret made by a template. */
export function template(content: string, data: Readonly<Record<string, unknown>> = {}): SecretSpec {
  return { template: { content, data } };
}

/** The outcomes of a report, by name. */
export function outcomes(report: SecretsReport): Readonly<Record<string, string>> {
  return Object.fromEntries(
    report.secrets.map((secret) => {
      const why =
        "why" in secret ? `: ${secret.why}` : secret.outcome === "failed" ? `: ${secret.error.message}` : "";
      return [secret.name, `${secret.outcome}${why}`];
    }),
  );
}

/** Gives a host of the committed store a key; returns the identity. */
export async function addHost(store: Store, host: string): Promise<string> {
  const identity = await makeIdentity();
  await setHostRecipient(store, host, await recipientOf(identity, "test"));
  return identity;
}

/** Every file below a folder with all that a write would change. */
export async function snapshot(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const states = files.sort().map(async (file) => {
    const { ino, mtimeMs, mode } = await stat(file);
    const hash = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
    return [file.slice(folder.length + 1), `${hash} ${ino} ${mtimeMs} ${mode.toString(8)}`] as const;
  });
  return Object.fromEntries(await Promise.all(states));
}
