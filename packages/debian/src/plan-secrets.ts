import { sha256, type SecretFile, type Wanted } from "@croft/plan";
import type { Facts } from "./facts.ts";
import type { OtherStep } from "./step.ts";

/** What the secrets of a plan mean for units. */
export interface SecretChanges {
  /** Mounts whose ciphertext is another one. */
  readonly anew: ReadonlySet<string>;
  /** Mounts whose owner, group or permissions are others. */
  readonly moved: ReadonlySet<string>;
  /** Units that a mount's `restart` names, with the mounts. */
  readonly restarts: ReadonlyMap<string, readonly string[]>;
}

/** What a device remembers of its secrets; `-` stands for whichever it has. */
export const secretsDigest = (secrets: Wanted["secrets"]): string =>
  secrets === undefined
    ? "-"
    : sha256(
        JSON.stringify(secrets.map((secret) => [secret.mount, secret.revision, placeOf(secret)]).toSorted()),
      );

/** Owner, group and mode of a secret, as the device keeps them. */
export const placeOf = ({ owner, group, mode }: SecretFile): string => `${owner} ${group} ${mode}`;

/** Which mounts change, and which units they name. */
export function secretChanges(facts: Facts, secrets: readonly SecretFile[] = []): SecretChanges {
  const known = secrets.filter(({ mount }) => facts.secrets[mount] !== undefined);
  const anew = secrets.filter(({ mount, revision }) => facts.secrets[mount]?.revision !== revision);
  const moved = known.filter((secret) => facts.secrets[secret.mount]?.place !== placeOf(secret));
  const units = new Set(secrets.flatMap(({ restart }) => restart));
  const mountsOf = (unit: string): readonly string[] =>
    secrets.filter(({ restart }) => restart.includes(unit)).map(({ mount }) => mount);
  return {
    anew: new Set(anew.map(({ mount }) => mount)),
    moved: new Set(moved.map(({ mount }) => mount)),
    restarts: new Map([...units].map((unit) => [unit, mountsOf(unit)])),
  };
}

/** What has to change of the secrets in a host's memory. */
export function planSecrets(facts: Facts, secrets: Wanted["secrets"]): readonly OtherStep[] {
  const step = (action: "open" | "close", subject: string, reason: string): OtherStep => ({
    kind: "secret",
    action,
    subject,
    reason,
    undone: true,
  });
  if (secrets === undefined) {
    return facts.secretsMissing
      ? Object.keys(facts.secrets).map((mount) => step("open", mount, "is not in memory"))
      : [];
  }
  const { anew, moved } = secretChanges(facts, secrets);
  const reason = (mount: string): string | undefined => {
    if (facts.secrets[mount] === undefined) return "is new";
    if (anew.has(mount)) return "was encrypted anew";
    if (moved.has(mount)) return "has another owner or other permissions";
    return facts.secretsMissing ? "is not in memory" : undefined;
  };
  const wanted = new Set(secrets.map(({ mount }) => mount));
  const gone = Object.keys(facts.secrets).filter((mount) => !wanted.has(mount));
  return [
    ...secrets.flatMap(({ mount }) => {
      const why = reason(mount);
      return why === undefined ? [] : [step("open", mount, why)];
    }),
    ...gone.map((mount) => step("close", mount, "is no longer mounted here")),
  ];
}
