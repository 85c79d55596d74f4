import type { Declaration } from "./declaration.ts";
import type { Definitions } from "./definition.ts";
import { beginModule, type Module } from "./module.ts";
import type { Name } from "./registry.ts";
import { callSite } from "./site.ts";

declare const brand: unique symbol;

/** A module that others `use`: it declares options and what follows from them, and runs nothing. */
export interface Interface<out N> extends Module {
  readonly kind: "interface";
  readonly [brand]?: N;
}

/** An interface whose definitions are being written. `N` names the modules that it sees. */
export interface InterfaceBuilder<Own, in out N>
  extends Interface<Own>, Definitions<N, InterfaceBuilder<Own, N>> {}

/** Declares an interface; its options and globals are registered by declaration merging under the same name. */
export function defineInterface<const Own extends Name, Used = never>(
  name: Own,
  declaration: Declaration<Own, Used>,
): InterfaceBuilder<Own, Own | Used> {
  return beginModule("interface", name, declaration, callSite());
}
