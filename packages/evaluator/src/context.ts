import type { Globals, Options, Values } from "./registry.ts";

/** The options that every module sees without `use`. */
export type Always = "assertions" | "warnings";

/** What a function in a definition receives; `N` names the modules that it sees. */
export interface Context<N> {
  /** The values of the host that the definition belongs to. */
  readonly config: { readonly [K in (N | Always) & keyof Options]: Values<Options[K]> };
  /** The values merged from every host. */
  readonly global: { readonly [K in N & keyof Globals]: Values<Globals[K]> };
  /** The host that the definition belongs to. */
  readonly host: { readonly name: string };
  /** The name of the nearest dict entry that the definition stands in. */
  readonly key: string;
  /** The names of all dict entries that the definition stands in, outermost first. */
  readonly keys: readonly string[];
}
