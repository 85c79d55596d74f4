import type { Context } from "./context.ts";

declare const eachTag: unique symbol;

/** Computed entries of a dict; made by {@link each}. */
export interface Each<out E, in N> {
  readonly [eachTag]?: (names: N) => E;
}

declare const everyTag: unique symbol;

/** Definitions for entries that exist; made by {@link every}. */
export interface Every<out E, in N> {
  readonly [everyTag]?: (names: N) => E;
}

/** What {@link Each} is when it runs. */
export class EachEntry {
  readonly keys: (context: never) => readonly string[];
  readonly entry: unknown;

  constructor(keys: (context: never) => readonly string[], entry: unknown) {
    this.keys = keys;
    this.entry = entry;
  }
}

/** What {@link Every} is when it runs. */
export class EveryEntry {
  readonly entry: unknown;

  constructor(entry: unknown) {
    this.entry = entry;
  }
}

/** An entry for each of `keys`, which are computed when the dict is read; the leaves of `entry` get their `key`. */
// NoInfer makes TypeScript check the literal against the dict's own entry, at the right word.
export function each<N, E>(
  keys: (context: Context<NoInfer<N>>) => readonly string[],
  entry: NoInfer<E>,
): Each<E, N> {
  return new EachEntry(keys, entry) as Each<E, N>; // N stands in the type alone
}

/**
 * The same definitions for every entry that this host defines by other means; adds no entry itself.
 * With `fallback` it gives entries computed defaults, from the entry's `key` and the host that defines it.
 */
export function every<N, E>(entry: NoInfer<E>): Every<E, N> {
  return new EveryEntry(entry) as Every<E, N>; // N stands in the type alone
}
