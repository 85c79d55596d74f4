import type { Asset } from "./asset.ts";
import type { Always, Context } from "./context.ts";
import type { Each, Every } from "./each.ts";
import type { Dict, Option } from "./option.ts";
import type { Wrapped } from "./priority.ts";
import type { Globals, Options } from "./registry.ts";
import type { Site } from "./site.ts";

type Computed<V, N> = (context: Context<N>) => V | Wrapped<V, N>;
type Plain = string | number | boolean | bigint | null | undefined;

/** A value of which any part may be computed or wrapped. */
export type Lazy<V, N> = Wrapped<V, N> | Computed<V, N> | Deep<V, N>;

// A union is taken apart here, after the function: a function of it may return any member.
type Deep<V, N> = V extends Plain
  ? V
  : V extends Asset
    ? V
    : V extends readonly (infer E)[]
      ? readonly Lazy<E, N>[]
      : { readonly [K in keyof V]: Lazy<V[K], N> };

/** What may be written at a tree of options. */
export type Body<T, N> =
  // oxlint-disable-next-line no-explicit-any -- the reader's type is not asked for
  T extends Option<any, infer I>
    ? Lazy<I, N>
    : T extends Dict<infer E, infer K>
      ? { readonly [P in K]?: Body<E, N> } | Each<Body<E, N>, N> | Every<Body<E, N>, N>
      : { readonly [P in keyof T]?: Body<T[P], N> };

/** Accepts no key at all, where an empty mapped type would accept any. */
type Nothing = Readonly<Record<string, never>>;

/** Definitions of host options. */
export type ConfigBody<N> = { readonly [K in (N | Always) & keyof Options]?: Body<Options[K], N> };

/** Definitions of global options. */
export type GlobalBody<N> = [N & keyof Globals] extends [never]
  ? Nothing
  : { readonly [K in N & keyof Globals]?: Body<Globals[K], N> };

/** Definitions behind a condition. */
export interface GuardedBody<N> {
  readonly config?: ConfigBody<N>;
  readonly global?: GlobalBody<N>;
}

/** How definitions are written, one call after the other; each call gives the whole so far. */
export interface Definitions<N, Self> {
  /** Sets options of every host that has the module. */
  config(body: ConfigBody<N>): Self;
  /** Contributes to global options, once for every host that has the module. */
  global(body: GlobalBody<N>): Self;
  /** Definitions that count where the condition holds. */
  when(condition: (context: Context<N>) => boolean, guarded: GuardedBody<N>): Self;
}

/** Whose values a definition sets: the host's own, or the fleet's. */
export type Scope = "config" | "global";

/** One literal of definitions, as it was handed over, and where. */
export interface Contribution {
  readonly scope: Scope;
  readonly body: object;
  readonly condition: ((context: never) => boolean) | undefined;
  /** The call of `.config`, `.global` or `.when`; the literal is its first argument, or stands in its second. */
  readonly site: Site;
}

/** The contributions of one call, in the order of the file. */
export function contribute(scope: Scope, body: object, site: Site): readonly Contribution[] {
  return [{ scope, body, condition: undefined, site }];
}

/** The contributions of one `.when`. */
export function contributeWhen(
  condition: (context: never) => boolean,
  guarded: { readonly config?: object; readonly global?: object },
  site: Site,
): readonly Contribution[] {
  const scopes = ["config", "global"] as const;
  return scopes.flatMap((scope) => {
    const body = guarded[scope];
    return body === undefined ? [] : [{ scope, body, condition, site }];
  });
}
