import type { z } from "zod";

/** What an option says of itself beside its schema. */
export interface OptionMeta<I> {
  /** One sentence with a full stop. */
  readonly description: string;
  /** The value where nothing defines the option; it loses to every definition (priority 1500). */
  readonly default?: I;
}

/** A typed, documented place for a value. `T` is what readers get, `I` what writers give. */
export class Option<out T, in out I = T> {
  declare readonly output?: T;
  declare readonly input?: (input: I) => I;
  readonly schema: z.ZodType;
  readonly description: string;
  readonly fallback: { readonly value: unknown } | undefined;

  constructor(schema: z.ZodType, description: string, fallback: { readonly value: unknown } | undefined) {
    this.schema = schema;
    this.description = description;
    this.fallback = fallback;
  }
}

/** A record of entries that all have the same options. `K` is the type of its keys. */
export class Dict<out T extends Tree, in out K extends string> {
  declare readonly keys?: (key: K) => K;
  readonly entry: T;

  constructor(entry: T) {
    this.entry = entry;
  }
}

/** Where options stand: one option, a record of entries, or options by name. */
// The parameters are phantoms that vary freely here; only the run-time parts are used through this type.
// oxlint-disable-next-line no-explicit-any
export type Node = Option<any, any> | Dict<any, any> | Tree;

/** Options by name, nested at will. */
export interface Tree {
  readonly [name: string]: Node;
}

/** Declares an option: schema, description and, where it is not required, a default. */
export function option<S extends z.ZodType>(
  schema: S,
  meta: OptionMeta<z.input<S>>,
): Option<z.output<S>, z.input<S>> {
  return new Option(schema, meta.description, "default" in meta ? { value: meta.default } : undefined);
}

/** Declares a record with freely named entries. */
export function dict<const T extends Tree>(entry: T): Dict<T, string> {
  return new Dict(entry);
}

/** Declares a record whose names are known: the keys of `Keys`, an interface that modules add to. */
export function dictOf<Keys extends object>(): <const T extends Tree>(
  entry: T,
) => Dict<T, Extract<keyof Keys, string>> {
  return (entry) => new Dict(entry);
}

const uniqueSchemas = new WeakSet<object>();

/** Makes the merged list of a list option hold each value once, at its first place. */
export function unique<S extends z.ZodArray>(schema: S): S {
  const copy = schema.clone();
  uniqueSchemas.add(copy);
  return copy;
}

/** Whether {@link unique} was asked for. */
export const isUnique = (schema: object): boolean => uniqueSchemas.has(schema);
