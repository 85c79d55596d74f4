import type { Declaration } from "./declaration.ts";
import type { Definitions } from "./definition.ts";
import { beginModule, type Module } from "./module.ts";
import type { Name } from "./registry.ts";
import { callSite } from "./site.ts";

declare const brand: unique symbol;

/** A module that makes something run; hosts list it, nothing uses it. */
export interface Service<out N> extends Module {
  readonly kind: "service";
  readonly [brand]?: N;
}

/** A service whose definitions are being written. `N` names the modules that it sees. */
export interface ServiceBuilder<Own, in out N> extends Service<Own>, Definitions<N, ServiceBuilder<Own, N>> {}

/** Declares a service; its options are registered by declaration merging under the same name. */
export function defineService<const Own extends Name, Used = never>(
  name: Own,
  declaration: Declaration<Own, Used>,
): ServiceBuilder<Own, Own | Used> {
  return beginModule("service", name, declaration, callSite());
}
