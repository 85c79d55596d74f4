import { fileURLToPath } from "node:url";
import { CroftError, type Evaluation, evaluateFleet, type AnyHost, type HostPlatform } from "../index.ts";
import type { AnyFleet } from "../index.ts";
import { diskSources } from "../index.ts";

/** A platform without options of its own. */
export const bare: HostPlatform<never> = { name: "bare", uses: [], contributions: [] };

/** The repository that error places are relative to. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Evaluates hosts and, if any, the values of no host. */
export function evaluate(hosts: readonly AnyHost[], fleet?: AnyFleet): Evaluation {
  const loaded = hosts.map((host) => ({ name: host.name, host }));
  return evaluateFleet({ hosts: loaded, fleet, sources: diskSources(root) });
}

/** The text of the error that `read` throws; places are cut to `file:line` of the test by {@link places}. */
export function errorOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof CroftError) return places(error.message);
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** Line and column are checked where they are the claim; elsewhere they would only make tests brittle. */
export const places = (text: string): string => text.replaceAll(/:\d+:\d+/g, ":L:C");
