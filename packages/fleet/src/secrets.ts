import { CroftError, type Evaluation } from "@croft/evaluator";
import { type SecretFile, sha256 } from "@croft/plan";
import {
  ciphertextsFor,
  openStore,
  outdatedSecrets,
  readSecretValue,
  type SecretMount,
  type SecretOutcome,
  type SecretsReport,
  secretsErrors,
  type Store,
  type StoreKind,
  updateSecrets as updateStores,
} from "@croft/secrets";
import { type Fleet, openFleet } from "./open.ts";

/** How secrets are brought up to date. */
export interface SecretsOptions {
  /** Works everything out and writes nothing. */
  readonly dryRun?: boolean;
  /** Deletes what is no longer referenced. */
  readonly prune?: boolean;
  /** Secrets to draw anew. */
  readonly rotate?: readonly string[];
  /** Leaves the committed store alone, as a deploy to embedded hosts does. */
  readonly only?: "embedded";
}

/** The two stores of a repository. */
const storesOf = (root: string): Readonly<Record<StoreKind, Store>> => ({
  committed: openStore({ kind: "committed", root, path: "secrets" }),
  embedded: openStore({ kind: "embedded", root, path: ".croft/secrets" }),
});

/** Brings every secret of the repository up to date with its specification. */
export async function updateSecrets(
  repository: string | Fleet,
  options: SecretsOptions = {},
): Promise<SecretsReport> {
  const { root, evaluation } = typeof repository === "string" ? await openFleet(repository) : repository;
  const { secrets } = evaluation.global;
  const report = await updateStores({
    specs: Object.fromEntries(Object.entries(secrets?.specs ?? {})),
    mounts: Object.fromEntries(Object.entries(secrets?.mounts ?? {})),
    hosts: storeKinds(evaluation),
    stores: storesOf(root),
    ...options,
  });
  return { ...report, secrets: report.secrets.map((secret) => placed(secret, evaluation)) };
}

/** What is wrong with a secret stands where its specification does. */
function placed(secret: SecretOutcome, evaluation: Evaluation): SecretOutcome {
  if (secret.outcome !== "failed") return secret;
  const places = evaluation.places(`global.secrets.specs.${secret.name}.template`);
  return { ...secret, error: secret.error.placed(...places) };
}

/** Makes what embedded hosts need, so that a fresh clone deploys at once. @throws CroftError when any of it fails */
export async function updateEmbeddedSecrets(fleet: Fleet): Promise<void> {
  const [first, ...more] = secretsErrors(await updateSecrets(fleet, { only: "embedded" }));
  if (first === undefined) return;
  throw more.length === 0
    ? first
    : new CroftError("secrets-errors", [first, ...more].map(({ message }) => message).join("\n"));
}

/** The ciphertexts that a host is given, from the store that is the host's. */
export async function hostSecrets(
  root: string,
  host: string,
  kind: StoreKind,
  mounts: Readonly<Record<string, SecretMount>>,
): Promise<readonly SecretFile[]> {
  const found = await ciphertextsFor(storesOf(root)[kind], host, mounts);
  return found.map(({ mount, owner, group, mode, restart, ciphertext }) => ({
    mount,
    owner,
    group,
    mode,
    restart,
    ciphertext,
    revision: sha256(ciphertext),
  }));
}

/** The same for a look at an embedded host: values that the next deploy makes by itself count as made. */
export async function foreseenSecrets(
  root: string,
  host: string,
  kind: StoreKind,
  mounts: Readonly<Record<string, SecretMount>>,
): Promise<readonly SecretFile[]> {
  const each = Object.keys(mounts).map(async (name): Promise<readonly SecretFile[]> => {
    const mount = mounts[name];
    if (mount === undefined) return [];
    try {
      return await hostSecrets(root, host, kind, { [name]: mount });
    } catch (error) {
      if (!(error instanceof CroftError && error.code === "value-missing")) throw error;
      const { owner, group, mode, restart } = mount;
      return [
        { mount: name, owner, group, mode, restart, revision: "to be made", ciphertext: new Uint8Array() },
      ];
    }
  });
  return (await Promise.all(each)).flat();
}

/** What to warn of: secrets of a host whose specification changed since they were made, and that nobody made anew. */
export async function staleSecrets(
  { root, evaluation }: Fleet,
  host: string,
  kind: StoreKind,
  mounts: Readonly<Record<string, SecretMount>> | undefined,
): Promise<readonly string[]> {
  if (kind === "embedded" || mounts === undefined) return [];
  const { specs } = evaluation.global.secrets;
  const found = await outdatedSecrets(storesOf(root).committed, host, mounts, specs);
  return found.map(({ fact, detail: { hint = "" } }) => `${fact}: ${hint}`);
}

/** Which store is a host's: what is not reached over ssh has its own; a broken host counts as one that is reached. */
export function storeKind(evaluation: Evaluation, host: string): StoreKind {
  try {
    return evaluation.host(host).platform.target === undefined ? "embedded" : "committed";
  } catch (error) {
    if (error instanceof CroftError) return "committed";
    throw error;
  }
}

const storeKinds = (evaluation: Evaluation): Readonly<Record<string, StoreKind>> =>
  Object.fromEntries(evaluation.names.map((name) => [name, storeKind(evaluation, name)]));

/** The value of a secret, for its owner to see: from the store of deployed hosts, or from the embedded hosts' own. */
export async function showSecret(root: string, name: string): Promise<string> {
  const { committed, embedded } = storesOf(root);
  const value = await readSecretValue(committed, name).catch((error: unknown) => {
    // A secret that only embedded hosts use is in their store alone.
    if (error instanceof CroftError && error.code === "value-missing") return readSecretValue(embedded, name);
    throw error;
  });
  return new TextDecoder().decode(value);
}
