import type { Context } from "./context.ts";
import type { Declaration } from "./declaration.ts";
import type { ConfigBody, GlobalBody, GuardedBody } from "./definition.ts";
import { type Module, ModuleBuilder } from "./module.ts";
import type { Node } from "./option.ts";
import type { Name } from "./registry.ts";
import { callSite } from "./site.ts";

declare const brand: unique symbol;

/** A module that others `use`: it declares options and what follows from them, and runs nothing. */
export interface Interface<out N> extends Module {
  readonly kind: "interface";
  readonly [brand]?: N;
}

/** An interface whose definitions are being written. `N` names the modules that it sees. */
export interface InterfaceBuilder<Own, in out N> extends Interface<Own> {
  /** Sets options of every host that uses this interface. */
  config(body: ConfigBody<N>): InterfaceBuilder<Own, N>;
  /** Contributes to global options, once for every host that uses this interface. */
  global(body: GlobalBody<N>): InterfaceBuilder<Own, N>;
  /** Definitions that count where the condition holds. */
  when(condition: (context: Context<N>) => boolean, guarded: GuardedBody<N>): InterfaceBuilder<Own, N>;
}

/** Declares an interface; its options and globals are registered by declaration merging under the same name. */
export function defineInterface<const Own extends Name, Used = never>(
  name: Own,
  declaration: Declaration<Own, Used>,
): InterfaceBuilder<Own, Own | Used> {
  return new ModuleBuilder({
    kind: "interface",
    name,
    uses: declaration.uses ?? [],
    // Whatever is registered under the name, it is one of these.
    optionTree: declaration.options as Node | undefined,
    globalTree: declaration.global as Node | undefined,
    contributions: [],
    site: callSite(),
  });
}
