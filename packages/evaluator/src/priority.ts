import type { Context } from "./context.ts";

/** Priorities as in NixOS: the lower number wins. */
export const priorities = { force: 50, plain: 100, fallback: 1000, default: 1500 } as const;

/** Orders as in NixOS: the lower number stands first. */
export const orders = { before: 500, plain: 1000, after: 1500 } as const;

declare const wrapped: unique symbol;

/** A value with a priority or an order of its own. */
export interface Wrapped<out V, in N> {
  readonly [wrapped]?: (names: N) => V;
}

/** What {@link Wrapped} is when it runs. */
export class Wrap {
  readonly priority: number | undefined;
  readonly order: number | undefined;
  readonly content: unknown;

  constructor(priority: number | undefined, order: number | undefined, content: unknown) {
    this.priority = priority;
    this.order = order;
    this.content = content;
  }
}

// V and N stand in the type alone.
const wrap = <V, N>(value: Wrap): Wrapped<V, N> => value as Wrapped<V, N>;

type Content<V, N> = V | ((context: Context<N>) => V);

/** Wins over plain definitions (NixOS mkForce, priority 50). */
export function force<V, N>(value: Content<V, N>): Wrapped<V, N> {
  return wrap(new Wrap(priorities.force, undefined, value));
}

/** Loses to plain definitions (NixOS mkDefault, priority 1000). */
export function fallback<V, N>(value: Content<V, N>): Wrapped<V, N> {
  return wrap(new Wrap(priorities.fallback, undefined, value));
}

/** Sets the priority: the lower number wins, plain definitions have 100. */
export function override<V, N>(priority: number, value: Content<V, N>): Wrapped<V, N> {
  return wrap(new Wrap(priority, undefined, value));
}

/** Stands before plain items in a merged list (NixOS mkBefore, order 500). */
export function before<V, N>(value: Content<V, N>): Wrapped<V, N> {
  return wrap(new Wrap(undefined, orders.before, value));
}

/** Stands after plain items in a merged list (NixOS mkAfter, order 1500). */
export function after<V, N>(value: Content<V, N>): Wrapped<V, N> {
  return wrap(new Wrap(undefined, orders.after, value));
}
