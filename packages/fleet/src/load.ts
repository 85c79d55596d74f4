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

/** What files are loaded from, and how long one may take: one that never ends must not keep the others waiting. */
interface Place {
  readonly root: string;
  readonly patienceSeconds: number;
}

/** Imports every `hosts/<name>/host.ts`, and `hosts/fleet.ts` where it exists. */
export async function loadFleet(root: string, patienceSeconds = 20): Promise<LoadedFleet> {
  const place = { root, patienceSeconds };
  const [hosts, fleet] = await Promise.all([
    Promise.all(hostNames(root).map((name) => loadHost(place, name))),
    loadValues(place),
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

async function loadHost(place: Place, name: string): Promise<LoadedHost> {
  const file = `hosts/${name}/host.ts`;
  try {
    const host = await defaultOf(place, file);
    if (host instanceof Host) return { name, host };
    return { name, error: noDefault(file, `export default defineHost("${name}", { … })`) };
  } catch (error) {
    return { name, error: describeLoadFailure(error, join(place.root, file), place.root) };
  }
}

async function loadValues(place: Place): Promise<LoadedFleet["fleet"]> {
  const file = "hosts/fleet.ts";
  if (!existsSync(join(place.root, file))) return undefined;
  try {
    const fleet = await defaultOf(place, file);
    return fleet instanceof FleetModule ? fleet : noDefault(file, "export default defineFleet({ … })");
  } catch (error) {
    return describeLoadFailure(error, join(place.root, file), place.root);
  }
}

async function defaultOf({ root, patienceSeconds }: Place, file: string): Promise<unknown> {
  const tooLong = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooLong.reject(notLoaded(file, patienceSeconds)), patienceSeconds * 1000);
  try {
    const loading: Promise<{ readonly default?: unknown }> = import(pathToFileURL(join(root, file)).href);
    return (await Promise.race([loading, tooLong.promise])).default;
  } finally {
    clearTimeout(timer);
  }
}

const notLoaded = (file: string, seconds: number): CroftError =>
  new CroftError("load", `\`${file}\` cannot be loaded: it is not done after ${seconds} seconds`, {
    at: [file],
    hint: "look for an `await` of what does not come",
  });

const noDefault = (file: string, wanted: string): CroftError =>
  new CroftError("no-default", `\`${file}\` exports no host or fleet as its default`, {
    at: [file],
    hint: `write \`${wanted}\``,
  });
