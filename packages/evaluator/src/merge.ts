import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { LiteralPath } from "./locate.ts";
import { isUnique } from "./option.ts";
import { orders, priorities, Wrap } from "./priority.ts";
import { isPlainObject, shapeOf } from "./schema.ts";
import { callFunction, type Source } from "./source.ts";

/** One module's contribution to an option, or to a part of its value. */
export interface Definition {
  readonly value: unknown;
  readonly priority: number;
  readonly order: number;
  readonly source: Source;
  readonly path: LiteralPath;
}

/** A merged value, and what it was merged from, part by part. */
export interface Merged {
  readonly value: unknown;
  /** The definitions of the winning priority. */
  readonly winners: readonly Definition[];
  readonly parts: ReadonlyMap<string | number, Merged>;
}

/** Definitions of the same priority that do not agree. */
export class Disagreement extends Error {
  readonly path: LiteralPath;
  readonly definitions: readonly Definition[];

  constructor(path: LiteralPath, definitions: readonly Definition[]) {
    super("definitions disagree");
    this.path = path;
    this.definitions = definitions;
  }
}

/** The definition that a source makes of an option. */
export function definitionOf(source: Source): Definition {
  const { node: value, path } = source;
  return { value, priority: priorities.plain, order: orders.plain, source, path };
}

/**
 * Merges definitions as `schema` says: objects field by field, records key by key, lists by concatenation in order;
 * anything else must agree. At every depth the lowest priority number wins. Throws {@link Disagreement}, and
 * whatever a function in a definition throws.
 */
export function merge(
  schema: z.core.$ZodType | undefined,
  all: readonly Definition[],
  at: LiteralPath,
): Merged {
  const winners = winnersOf(all);
  const shape = shapeOf(schema, winners[0]?.value);
  if (shape.kind === "object" && winners.every(({ value }) => isPlainObject(value))) {
    return mergeFields(shape.field, winners, at);
  }
  if (shape.kind === "list" && winners.every(({ value }) => Array.isArray(value))) {
    return mergeItems(shape.item, isUnique(shape.schema), winners, at);
  }
  return agree(winners, at);
}

/** The definitions of the winning priority, with their values: what loses is never computed. */
function winnersOf(definitions: readonly Definition[]): readonly Definition[] {
  let found = definitions.map(unwrap);
  for (;;) {
    const lowest = Math.min(...found.map(({ priority }) => priority));
    const wins = ({ priority }: Definition): boolean => priority === lowest;
    if (!found.some((definition) => wins(definition) && isComputed(definition))) return found.filter(wins);
    // What a function returns may be wrapped itself, and lose after all.
    found = found.map((definition) =>
      wins(definition) && isComputed(definition) ? compute(definition) : definition,
    );
  }
}

/** Takes wrappers off: their priorities are known without computing anything. */
function unwrap(definition: Definition): Definition {
  let { value, priority, order } = definition;
  while (value instanceof Wrap) {
    priority = value.priority ?? priority;
    order = value.order ?? order;
    value = value.content;
  }
  return { ...definition, value, priority, order };
}

const isComputed = ({ value }: Definition): boolean => typeof value === "function";

function compute(definition: Definition): Definition {
  const { source, path } = definition;
  // The types of authors let no other function stand here.
  const value = callFunction(definition.value as (context: never) => unknown, { ...source, path });
  return unwrap({ ...definition, value });
}

function mergeFields(
  field: (key: string) => z.core.$ZodType | undefined,
  winners: readonly Definition[],
  at: LiteralPath,
): Merged {
  const found = new Map<string, Definition[]>();
  for (const definition of winners) {
    for (const [key, value] of Object.entries(definition.value as object)) {
      if (value === undefined) continue;
      const part = {
        ...definition,
        value,
        priority: priorities.plain,
        order: orders.plain,
        path: [...definition.path, key],
      };
      const same = found.get(key);
      if (same === undefined) found.set(key, [part]);
      else same.push(part);
    }
  }
  const parts = new Map<string, Merged>();
  for (const [key, definitions] of found) parts.set(key, merge(field(key), definitions, [...at, key]));
  // Defined one by one, so that a key such as `__proto__` is a key like any other.
  const value = Object.create(Object.prototype) as Record<string, unknown>;
  for (const [key, part] of parts) {
    Object.defineProperty(value, key, {
      value: part.value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return { value, winners, parts };
}

function mergeItems(
  item: z.core.$ZodType,
  once: boolean,
  winners: readonly Definition[],
  at: LiteralPath,
): Merged {
  const items = winners.flatMap((definition) =>
    (definition.value as readonly unknown[]).map((value, index) => ({
      ...definition,
      value,
      priority: priorities.plain,
      path: [...definition.path, index],
    })),
  );
  const sorted = [...winnersOf(items)].sort((a, b) => a.order - b.order);
  const merged: Merged[] = [];
  for (const definition of sorted) {
    const part = merge(item, [definition], [...at, merged.length]);
    if (once && merged.some(({ value }) => isDeepStrictEqual(value, part.value))) continue;
    merged.push(part);
  }
  return { value: merged.map(({ value }) => value), winners, parts: new Map(merged.entries()) };
}

function agree(winners: readonly Definition[], at: LiteralPath): Merged {
  const [first, ...others] = winners;
  if (others.some(({ value }) => !isDeepStrictEqual(value, first?.value)))
    throw new Disagreement(at, winners);
  return { value: bare(first), winners, parts: new Map() };
}

/** A value whose schema says nothing of its parts may hold functions all the same. */
function bare(definition: Definition | undefined): unknown {
  if (definition === undefined) return undefined;
  const { value } = definition;
  const part = (inner: unknown, step: string | number): unknown =>
    bare(winnersOf([{ ...definition, value: inner, path: [...definition.path, step] }])[0]);
  if (Array.isArray(value)) return value.map(part);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, part(inner, key)]));
}
