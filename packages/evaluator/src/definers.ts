import { Cell } from "./cell.ts";
import type { Context } from "./context.ts";
import type { Contribution } from "./definition.ts";
import type { AnyFleet } from "./fleet.ts";
import type { AnyHost } from "./host.ts";
import type { Module } from "./module.ts";
import { CroftError } from "./problem.ts";
import type { Root } from "./root.ts";
import { showSite } from "./site.ts";
import { callFunction, type Definer, type Source } from "./source.ts";
import type { Sources } from "./sources.ts";

/** Every contribution of one host, or of the fleet, as a source that starts at the root. */
export type Definers = readonly Source[];

const always = ["assertions", "warnings"];

interface Surroundings {
  readonly config: Root | undefined;
  readonly host: string | undefined;
  readonly global: Root;
  readonly sources: Sources;
}

/** The contributions of a host: its modules' and its own. */
export function definersOf(
  host: AnyHost,
  modules: readonly Module[],
  { config, global, sources }: { readonly config: Root; readonly global: Root; readonly sources: Sources },
): Definers {
  const around = { config, host: host.name, global, sources };
  const seen = [...host.platform.uses, ...host.uses, ...host.services].map(({ name }) => name);
  const own = host.contributions.map((contribution) => definer(contribution, seen, false, around));
  return [...ofModules(modules, around), ...own].map(start);
}

/** The contributions of no host. */
export function fleetDefiners(
  fleet: AnyFleet,
  modules: readonly Module[],
  { global, sources }: { readonly global: Root; readonly sources: Sources },
): Definers {
  const around = { config: undefined, host: undefined, global, sources };
  const seen = fleet.uses.map(({ name }) => name);
  const own = fleet.contributions.map((contribution) => definer(contribution, seen, false, around));
  const globals = ofModules(modules, around).filter(({ contribution }) => contribution.scope === "global");
  return [...globals, ...own].map(start);
}

function ofModules(modules: readonly Module[], around: Surroundings): readonly Definer[] {
  return modules.flatMap((module) => {
    const seen = [module.name, ...module.uses.map(({ name }) => name)];
    return module.contributions.map((contribution) => definer(contribution, seen, true, around));
  });
}

const start = (definer: Definer): Source => ({
  node: definer.contribution.body,
  definer,
  path: [],
  keys: [],
  follows: undefined,
});

function definer(
  contribution: Contribution,
  seen: readonly string[],
  fromModule: boolean,
  around: Surroundings,
): Definer {
  const { config, host, global, sources } = around;
  const sees = new Set([...always, ...seen]);
  const views = { config: config?.view(sees), global: global.view(sees) };
  const context = (keys: readonly string[]): Context<never> => ({
    get config() {
      if (views.config !== undefined) return views.config as Context<never>["config"]; // the modules' own options
      throw noHost("config");
    },
    global: views.global as Context<never>["global"], // as above
    get host() {
      if (host !== undefined) return { name: host };
      throw noHost("host");
    },
    key: keys.at(-1) ?? "",
    keys,
  });
  const { condition, site } = contribution;
  const self = { contribution, host, fromModule, sees, context, sources };
  if (condition === undefined) return { ...self, holds: () => true };
  const cell = new Cell({ label: "the condition", place: () => showSite(site, sources.root) }, () =>
    Boolean(callFunction(condition, { definer: { ...self, holds: () => true }, path: [], keys: [] })),
  );
  return { ...self, holds: () => cell.get() };
}

const noHost = (what: string): CroftError =>
  new CroftError("no-host", `\`${what}\` is read for an entry of no host`, {
    hint: "give the value plainly where the entry is defined, as hosts/fleet.ts is no host",
  });
