import type { assertions, warnings } from "./builtin.ts";
import type { Dict, Option } from "./option.ts";

/** Host options by module name; each module adds its own line by declaration merging. */
export interface Options {
  assertions: typeof assertions;
  warnings: typeof warnings;
}

/** Global options by module name; each module adds its own line by declaration merging. */
export interface Globals {}

/** The hosts of this repository; `hosts/index.ts` (written by `nx sync`) adds them. */
export interface Hosts {}

/** Every name that a module can have. */
export type Name = keyof Options | keyof Globals;

/** What readers see of a tree of options. */
// `any` here: infer positions must accept every variance of the parameter that is not asked for.
export type Values<T> =
  // oxlint-disable-next-line no-explicit-any
  T extends Option<infer V, any>
    ? V
    : T extends Dict<infer E, infer K>
      ? { readonly [P in K]: Values<E> }
      : { readonly [P in keyof T]: Values<T[P]> };
