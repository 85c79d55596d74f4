import { CroftError } from "@croft/evaluator";
import { checkName } from "./name.ts";
import { unknownHost, unknownMounted } from "./problem.ts";
import type { SecretMount, SecretSpec } from "./spec.ts";
import type { StoreKind } from "./store.ts";

/** Mounts sorted out: which secret goes to which hosts in each store, and what is wrong. */
interface MountedSecrets {
  /** Hosts by secret. */
  readonly embedded: ReadonlyMap<string, ReadonlySet<string>>;
  readonly committed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Secrets whose hosts are not known for sure: nothing is written for them, or a host might lose access. */
  readonly problems: ReadonlyMap<string, CroftError>;
  /** What is wrong with mounts, once each. */
  readonly errors: readonly CroftError[];
}

/** Sorts mounts by store and secret, and checks what they name. */
export function sortMounts(
  specs: ReadonlyMap<string, SecretSpec>,
  mounts: ReadonlyMap<string, SecretMount>,
  hosts: ReadonlyMap<string, StoreKind>,
): MountedSecrets {
  const sorted = { embedded: new Map<string, Set<string>>(), committed: new Map<string, Set<string>>() };
  const problems = new Map<string, CroftError>();
  const errors: CroftError[] = [];
  for (const [name, mount] of mounts) {
    const problem = mountProblem(name, mount, specs, hosts);
    const kind = hosts.get(mount.host);
    if (problem !== undefined) {
      errors.push(problem);
      problems.set(mount.secret, problem);
    } else if (kind !== undefined) {
      const secret = sorted[kind].get(mount.secret) ?? new Set();
      sorted[kind].set(mount.secret, secret.add(mount.host));
    }
  }
  return { ...sorted, problems, errors };
}

function mountProblem(
  name: string,
  mount: SecretMount,
  specs: ReadonlyMap<string, SecretSpec>,
  hosts: ReadonlyMap<string, StoreKind>,
): CroftError | undefined {
  try {
    checkName("mount", name);
  } catch (problem) {
    if (problem instanceof CroftError) return problem;
    throw problem;
  }
  if (!specs.has(mount.secret)) return unknownMounted(name, mount.secret, specs.keys());
  if (!hosts.has(mount.host)) return unknownHost(name, mount.host, hosts.keys());
  return undefined;
}
