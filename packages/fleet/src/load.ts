import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AnyFleet, CroftError, FleetModule, Host, type LoadedHost } from "@croft/evaluator";
import { describeLoadFailure } from "./load-problem.ts";

/** The hosts of a repository, each loaded by itself: a broken file is a broken host, and no more. */
export interface LoadedFleet {
  /** The absolute folder of the repository. */
  readonly root: string;
  readonly hosts: readonly LoadedHost[];
  /** What `hosts/fleet.ts` defines, or why it cannot be loaded. */
  readonly fleet: AnyFleet | CroftError | undefined;
}

/** Imports every `hosts/<name>/host.ts`, and `hosts/fleet.ts` where it exists. */
export async function loadFleet(root: string): Promise<LoadedFleet> {
  const [hosts, fleet] = await Promise.all([
    Promise.all(hostNames(root).map((name) => loadHost(root, name))),
    loadValues(root),
  ]);
  return { root, hosts, fleet };
}

/** The names of the folders of `hosts/` that hold a `host.ts`, sorted. */
export function hostNames(root: string): readonly string[] {
  const folder = join(root, "hosts");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "host.ts")))
    .map(({ name }) => name)
    .sort();
}

async function loadHost(root: string, name: string): Promise<LoadedHost> {
  const file = join(root, "hosts", name, "host.ts");
  try {
    const host = await defaultOf(file);
    if (host instanceof Host) return { name, host };
    return { name, error: noDefault(`hosts/${name}/host.ts`, `export default defineHost("${name}", { … })`) };
  } catch (error) {
    return { name, error: describeLoadFailure(error, file, root) };
  }
}

async function loadValues(root: string): Promise<LoadedFleet["fleet"]> {
  const file = join(root, "hosts", "fleet.ts");
  if (!existsSync(file)) return undefined;
  try {
    const fleet = await defaultOf(file);
    return fleet instanceof FleetModule
      ? fleet
      : noDefault("hosts/fleet.ts", "export default defineFleet({ … })");
  } catch (error) {
    return describeLoadFailure(error, file, root);
  }
}

async function defaultOf(file: string): Promise<unknown> {
  const module: { readonly default?: unknown } = await import(pathToFileURL(file).href);
  return module.default;
}

const noDefault = (file: string, wanted: string): CroftError =>
  new CroftError("no-default", `\`${file}\` exports no host or fleet as its default`, {
    at: [file],
    hint: `write \`${wanted}\``,
  });
