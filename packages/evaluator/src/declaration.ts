import type { Interface } from "./interface.ts";
import type { Globals, Options } from "./registry.ts";

/** What a module says of itself. `Own` is its name, `Used` the names of the interfaces that it uses. */
export type Declaration<Own, Used> = {
  /** Interfaces whose options and globals this module sees, and whose declarations it brings along. */
  readonly uses?: readonly Interface<Used>[];
  readonly options?: Own extends keyof Options ? Options[Own] : never;
  readonly global?: Own extends keyof Globals ? Globals[Own] : never;
};
