import { join } from "node:path";
import { CroftError, diskSources, type EvaluatedHost, isElsewhere } from "@croft/evaluator";
import { type Artifact, isDeployable, type Platform, readArtifact, writeArtifact } from "@croft/plan";
import { cachedBundle } from "./bundle-cache.ts";
import { describeFailure } from "./failure.ts";
import { type Fleet, openFleet } from "./open.ts";

/** What came of building one host. */
export type BuildOutcome =
  | { readonly host: string; readonly ok: true; readonly hash: string }
  | { readonly host: string; readonly ok: false; readonly error: Error };

/** The folder of a host's artifact. */
const artifactFolder = (root: string, host: string): string => join(root, "dist", "hosts", host);

/**
 * Builds hosts into `dist/hosts/<name>`: each one whole, or its folder stays as it was. Whatever goes wrong with one
 * host is its own outcome.
 */
export async function buildHosts(
  repository: string | Fleet,
  names: readonly string[],
): Promise<readonly BuildOutcome[]> {
  const fleet = typeof repository === "string" ? await openFleet(repository) : repository;
  return Promise.all(
    names.map(async (host): Promise<BuildOutcome> => {
      try {
        const { hash } = await buildHost(fleet, host);
        return { host, ok: true, hash };
      } catch (error) {
        return { host, ok: false, error: describeFailure(error) };
      }
    }),
  );
}

/** Builds one host and writes its artifact, unless it stands there whole. @throws CroftError as `makeArtifact` does */
export async function buildHost(fleet: Fleet, name: string): Promise<Artifact> {
  const artifact = await makeArtifact(fleet, name);
  const folder = artifactFolder(fleet.root, name);
  const isThere = await readArtifact(folder).then(
    ({ hash }) => hash === artifact.hash,
    () => false,
  );
  if (!isThere) await writeArtifact(artifact, folder);
  return artifact;
}

/** Builds one host in memory. @throws CroftError with everything that is wrong with the host */
export async function makeArtifact({ root, evaluation }: Fleet, name: string): Promise<Artifact> {
  const host = evaluation.host(name);
  const errors = host.check().filter((error) => !isElsewhere(error));
  const [first, ...more] = errors;
  if (first !== undefined) throw more.length === 0 ? first : severalErrors(errors);
  const platform = await platformOf(host);
  return platform.build({
    host: name,
    config: host.config,
    global: host.global,
    read: diskSources(root).read,
    bundle: (entry) => cachedBundle(root, entry),
  });
}

/** The code that builds and deploys a host. */
export async function platformOf({ name, platform }: EvaluatedHost): Promise<Platform> {
  if (isDeployable(platform)) return platform.implementation();
  throw new CroftError(
    "platform-without-code",
    `platform \`${platform.name}\` of host \`${name}\` cannot be built`,
  );
}

const severalErrors = (errors: readonly CroftError[]): CroftError =>
  new CroftError("host-errors", errors.map(({ message }) => message).join("\n"));
