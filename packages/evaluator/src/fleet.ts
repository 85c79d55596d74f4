import type { Context } from "./context.ts";
import { contribute, contributeWhen, type Contribution, type GlobalBody } from "./definition.ts";
import type { Interface } from "./interface.ts";
import type { Module } from "./module.ts";
import { callSite } from "./site.ts";

/** The values of no host, while they are written. `N` names the modules that `hosts/fleet.ts` sees. */
export class FleetModule<in out N> {
  declare readonly sees?: (names: N) => N;
  readonly uses: readonly Module[];
  readonly contributions: readonly Contribution[];

  constructor(uses: readonly Module[], contributions: readonly Contribution[]) {
    this.uses = uses;
    this.contributions = contributions;
  }

  /** Contributes to global options. */
  global(body: GlobalBody<N>): FleetModule<N> {
    return this.#with(contribute("global", body, callSite()));
  }

  /** Definitions that count where the condition holds. */
  when(
    condition: (context: Context<N>) => boolean,
    guarded: { readonly global?: GlobalBody<N> },
  ): FleetModule<N> {
    return this.#with(contributeWhen(condition, guarded, callSite()));
  }

  #with(more: readonly Contribution[]): FleetModule<N> {
    return new FleetModule(this.uses, [...this.contributions, ...more]);
  }
}

/** Declares the values that belong to no host, such as people, domains and aliases. */
export function defineFleet<U = never>(declaration: {
  readonly uses?: readonly Interface<U>[];
}): FleetModule<U> {
  return new FleetModule(declaration.uses ?? [], []);
}

/** The values of no host, whatever their file sees. */
// `any`, as for hosts.
// oxlint-disable-next-line no-explicit-any
export type AnyFleet = FleetModule<any>;
