import type { Context } from "./context.ts";
import type { Contribution } from "./definition.ts";
import { type LiteralPath, locateLeaf } from "./locate.ts";
import { CroftError } from "./problem.ts";
import { showSite } from "./site.ts";
import type { Sources } from "./sources.ts";

/** Who made a contribution, and what functions in it see. */
export interface Definer {
  readonly contribution: Contribution;
  /** The host that it belongs to; none for the values of no host. */
  readonly host: string | undefined;
  /** Whether it stands in a module, so that two hosts may bring the same line. */
  readonly fromModule: boolean;
  /** The names of the modules that it sees. */
  readonly sees: ReadonlySet<string>;
  /** Whether its condition holds. */
  readonly holds: () => boolean;
  readonly context: (keys: readonly string[]) => Context<never>;
  readonly sources: Sources;
}

/** A part of a contribution, on its way down to an option. */
export interface Source {
  readonly node: unknown;
  readonly definer: Definer;
  /** The way from the literal's start to the node. */
  readonly path: LiteralPath;
  /** The dict entries passed on the way. */
  readonly keys: readonly string[];
  /** What it follows from when it comes from `every`: the entry, where the same host writes it. */
  readonly follows: Source | undefined;
}

/** The place of a source, exact, with the host where the line alone does not tell it. */
export function showPlace({ definer, path }: Pick<Source, "definer" | "path">): string {
  const { contribution, host, fromModule, sources } = definer;
  const start = contribution.condition === undefined ? path : [contribution.scope, ...path];
  const place = showSite(locateLeaf(sources, contribution.site, start), sources.root);
  return fromModule && host !== undefined ? `${place} on host \`${host}\`` : place;
}

/** Calls a function of a definition; whatever it throws leaves as a {@link CroftError} with the function's place. */
export function callFunction(
  compute: (context: never) => unknown,
  { definer, path, keys }: Pick<Source, "definer" | "path" | "keys">,
): unknown {
  try {
    // `never` stands for the context that the function's own type asks for.
    return compute(definer.context(keys) as never);
  } catch (error) {
    if (error instanceof CroftError) throw error.placed(showPlace({ definer, path }));
    const message = error instanceof Error ? error.message : String(error);
    throw new CroftError("exception", `a function in a definition threw: ${message}`, {
      at: [showPlace({ definer, path })],
      cause: error,
    });
  }
}
