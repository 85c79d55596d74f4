import { builtins } from "./builtin.ts";
import { checkHost } from "./check.ts";
import { type Definers, definersOf, fleetDefiners } from "./definers.ts";
import type { AnyHost, HostPlatform } from "./host.ts";
import { brokenGlobals, type EvaluationInput, judge } from "./judge.ts";
import type { Module } from "./module.ts";
import type { Node } from "./option.ts";
import { placesOf } from "./places.ts";
import { CroftError } from "./problem.ts";
import type { Globals, Options, Values } from "./registry.ts";
import { type Declared, Root } from "./root.ts";
import { showSite } from "./site.ts";
import type { Sources } from "./sources.ts";
import { nameHint } from "./suggest.ts";

/** The values of all modules that a host has, by the name of the module. */
export type HostValues = { readonly [K in keyof Options]: Values<Options[K]> };

/** The values of all global options, by the name of the module. */
export type GlobalValues = { readonly [K in keyof Globals]: Values<Globals[K]> };

/** One host's values; each is computed when it is read, and throws a {@link CroftError} when it is in error. */
export interface EvaluatedHost {
  readonly name: string;
  readonly platform: HostPlatform<unknown>;
  /** The names of the modules that the host has: its own, and those that they bring along. */
  readonly modules: ReadonlySet<string>;
  /** The names of the services that it lists. */
  readonly services: readonly string[];
  readonly config: HostValues;
  readonly global: GlobalValues;
  /** Everything that is wrong with this host, failed assertions included; sorted, each once. */
  check(): readonly CroftError[];
}

/** A fleet, evaluated as far as it is read. */
export interface Evaluation {
  /** All hosts by name, also those that are in error. */
  readonly names: readonly string[];
  readonly global: GlobalValues;
  /** Throws `unknown-host`, or what kept the host from being loaded. */
  host(name: string): EvaluatedHost;
  /** Where a global option or entry, such as `global.secrets.specs.a`, is written; nothing where it is not. */
  places(path: string): readonly string[];
}

/** Evaluates all hosts together. Nothing is computed before it is read. */
export function evaluateFleet({ hosts, fleet, sources }: EvaluationInput): Evaluation {
  const sorted = [...hosts].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { sound, errors, fleetModules, modules } = judge(sorted, fleet, sources);
  const all = new Set(sorted.map(({ name }) => name));
  const known = new Map([...modules.values()].map(({ name, kind }) => [name, kind]));
  const global = new Root(globalNodes([...modules.values()], sources), {
    host: undefined,
    hosts: all,
    broken: brokenGlobals(errors, fleet),
  });
  const evaluated = new Map<string, EvaluatedHost>();
  for (const { host, own } of sound) {
    const config = new Root(configNodes(own, sources), { host: host.name, hosts: all, broken: undefined });
    const definers = definersOf(host, own, { config, global, sources });
    share(definers, config, global);
    evaluated.set(host.name, hostOf(host, own, { config, global, known, definers }));
  }
  if (fleet !== undefined && !(fleet instanceof CroftError)) {
    share(fleetDefiners(fleet, fleetModules, { global, sources }), undefined, global);
  }
  const names = sorted.map(({ name }) => name);
  return {
    names,
    // What is read through this type is what the registered modules declare.
    global: global.view() as GlobalValues,
    places: (path) => placesOf(path, { config: undefined, global }),
    host: (name) => {
      const error = errors.get(name);
      if (error !== undefined) throw error;
      const host = evaluated.get(name);
      if (host !== undefined) return host;
      throw new CroftError("unknown-host", `host \`${name}\` does not exist`, {
        hint: nameHint(name, names),
      });
    },
  };
}

interface Parts {
  readonly config: Root;
  readonly global: Root;
  readonly known: ReadonlyMap<string, Module["kind"]>;
  readonly definers: Definers;
}

function hostOf(host: AnyHost, modules: readonly Module[], parts: Parts): EvaluatedHost {
  const { config, global, known, definers } = parts;
  return {
    name: host.name,
    platform: host.platform,
    modules: new Set(modules.map(({ name }) => name)),
    services: host.services.map(({ name }) => name),
    config: config.view() as HostValues, // as for the global values
    global: global.view() as GlobalValues,
    check: () => checkHost(host.name, { config, global, known, sources: definers }),
  };
}

function share(definers: Definers, config: Root | undefined, global: Root): void {
  for (const source of definers)
    (source.definer.contribution.scope === "global" ? global : config)?.add(source);
}

function configNodes(modules: readonly Module[], sources: Sources): ReadonlyMap<string, Declared> {
  const own = Object.entries(builtins).map(([name, node]): [string, Declared] => [
    name,
    { node, declared: () => [] },
  ]);
  return new Map([...own, ...declaredBy(modules, ({ optionTree }) => optionTree, sources)]);
}

function globalNodes(modules: readonly Module[], sources: Sources): ReadonlyMap<string, Declared> {
  return new Map(declaredBy(modules, ({ globalTree }) => globalTree, sources));
}

function declaredBy(
  modules: readonly Module[],
  nodeOf: (module: Module) => Node | undefined,
  { root }: Sources,
): readonly [string, Declared][] {
  return modules.flatMap((module): [string, Declared][] => {
    const node = nodeOf(module);
    return node === undefined ? [] : [[module.name, { node, declared: () => [showSite(module.site, root)] }]];
  });
}
