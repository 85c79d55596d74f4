import type { Context } from "./context.ts";
import type { Declaration } from "./declaration.ts";
import type { ConfigBody, GlobalBody, GuardedBody } from "./definition.ts";
import { type Module, ModuleBuilder } from "./module.ts";
import type { Node } from "./option.ts";
import type { Name } from "./registry.ts";
import { callSite } from "./site.ts";

declare const brand: unique symbol;

/** A module that makes something run; hosts list it, nothing uses it. */
export interface Service<out N> extends Module {
  readonly kind: "service";
  readonly [brand]?: N;
}

/** A service whose definitions are being written. `N` names the modules that it sees. */
export interface ServiceBuilder<Own, in out N> extends Service<Own> {
  /** Sets options of every host that lists this service. */
  config(body: ConfigBody<N>): ServiceBuilder<Own, N>;
  /** Contributes to global options, once for every host that lists this service. */
  global(body: GlobalBody<N>): ServiceBuilder<Own, N>;
  /** Definitions that count where the condition holds. */
  when(condition: (context: Context<N>) => boolean, guarded: GuardedBody<N>): ServiceBuilder<Own, N>;
}

/** Declares a service; its options are registered by declaration merging under the same name. */
export function defineService<const Own extends Name, Used = never>(
  name: Own,
  declaration: Declaration<Own, Used>,
): ServiceBuilder<Own, Own | Used> {
  return new ModuleBuilder({
    kind: "service",
    name,
    uses: declaration.uses ?? [],
    // Whatever is registered under the name, it is one of these.
    optionTree: declaration.options as Node | undefined,
    globalTree: declaration.global as Node | undefined,
    contributions: [],
    site: callSite(),
  });
}
