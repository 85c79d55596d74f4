import { Cell } from "./cell.ts";
import { EachEntry, EveryEntry } from "./each.ts";
import { describeBadDefault, describeDisagreement, describeInvalid, describeMissing } from "./describe.ts";
import { describeUnknownHost } from "./host-name.ts";
import { definitionOf, Disagreement, merge, type Merged } from "./merge.ts";
import { Dict, type Node, Option, type Tree } from "./option.ts";
import { CroftError } from "./problem.ts";
import { isPlainObject } from "./schema.ts";
import { shapeErrors } from "./shape.ts";
import { callFunction, showPlace, type Source } from "./source.ts";
import { missingName, view } from "./view.ts";

/** Where a node of the option tree stands while it is resolved. */
export interface Position {
  /** As it is shown, such as `netsrv.services.notes`. */
  readonly path: string;
  /** The host whose option it is; none for global options. */
  readonly host: string | undefined;
  /** Thrown by whatever could hold something of a host that cannot be loaded. */
  readonly broken: CroftError | undefined;
  /** The names of all hosts, also of those that cannot be loaded. */
  readonly hosts: ReadonlySet<string>;
  /** Where the module is declared that the path starts with. */
  readonly declared: () => readonly string[];
}

/** A node with its value behind it; `read` computes it, `children` gives what is below a tree or a dict. */
export interface Resolved {
  readonly node: Node;
  readonly position: Position;
  readonly sources: readonly Source[];
  readonly read: () => unknown;
  readonly child: (name: string) => Resolved | undefined;
  readonly names: () => readonly string[];
}

/** Resolves a node of the option tree from the parts of contributions that reach it. Nothing is computed yet. */
export function resolve(
  node: Node,
  sources: readonly Source[],
  position: Position,
  parents: readonly Source[],
): Resolved {
  if (node instanceof Option) return resolveOption(node, sources, position, parents);
  if (node instanceof Dict) return resolveDict(node, sources, position);
  return resolveTree(node, sources, position);
}

function resolveTree(tree: Tree, sources: readonly Source[], position: Position): Resolved {
  const children = new Map<string, Resolved>();
  let checked = false;
  const child = (name: string): Resolved | undefined => {
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (node === undefined) return undefined;
    if (!checked) {
      // Nobody reads beside a misspelling as if it had not been written.
      const [error] = sources.flatMap((source) => shapeErrors(tree, source, position.path));
      if (error !== undefined) throw error;
      checked = true;
    }
    const known = children.get(name);
    if (known !== undefined) return known;
    const made = resolve(node, descend(sources, name), below(position, name), sources);
    children.set(name, made);
    return made;
  };
  const names = Object.keys(tree);
  const value = view({
    names: () => names,
    has: (name) => Object.hasOwn(tree, name),
    value: (name) => child(name)?.read(),
    missing: (name) => missingName("option", position.path, name, names),
  });
  return { node: tree, position, sources, read: () => value, child, names: () => names };
}

function resolveDict(dict: Dict<Tree, string>, sources: readonly Source[], position: Position): Resolved {
  const keys = new Cell(
    { label: `the key set of \`${position.path}\``, place: () => firstPlace(sources) },
    () => {
      if (position.broken !== undefined) throw position.broken;
      return entriesOf(sources.filter(holds), position.path);
    },
  );
  const children = new Map<string, Resolved>();
  const child = (name: string): Resolved | undefined => {
    const entry = keys.get().get(name);
    if (entry === undefined) return undefined;
    const known = children.get(name);
    if (known !== undefined) return known;
    const made = resolveTree(dict.entry, entry, below(position, name));
    children.set(name, made);
    return made;
  };
  const names = (): readonly string[] => [...keys.get().keys()];
  const value = view({
    names,
    has: (name) => keys.get().has(name),
    value: (name) => child(name)?.read(),
    missing: (name) => missingName("entry", position.path, name, names()),
  });
  return { node: dict, position, sources, read: () => value, child, names };
}

/** The sources of each entry, by key, sorted: from literals, from `each`, then from `every` of the same host. */
function entriesOf(sources: readonly Source[], path: string): ReadonlyMap<string, readonly Source[]> {
  const entries = new Map<string, Source[]>();
  const add = (key: string, source: Source): void => {
    const same = entries.get(key);
    if (same === undefined) entries.set(key, [source]);
    else same.push(source);
  };
  for (const source of sources) {
    const { node, keys } = source;
    if (node instanceof EachEntry) {
      for (const key of keysOf(node, source, path))
        add(key, { ...source, node: node.entry, keys: [...keys, key] });
    } else if (isPlainObject(node)) {
      for (const [key, value] of Object.entries(node)) {
        if (value !== undefined)
          add(key, { ...source, node: value, path: [...source.path, key], keys: [...keys, key] });
      }
    } else if (!(node instanceof EveryEntry)) {
      throw new CroftError("invalid-dict", `\`${path}\` is a record, and a ${typeof node} stands there`, {
        at: [showPlace(source)],
        hint: "write its entries, or `each(keys, { … })` for computed ones",
      });
    }
  }
  const written = [...entries].map(([key, from]) => ({ key, from, own: [...from] }));
  for (const source of sources) {
    const { node, keys, definer } = source;
    if (!(node instanceof EveryEntry)) continue;
    for (const { key, from, own } of written) {
      const follows = own.find((other) => other.definer.host === definer.host);
      if (follows !== undefined) from.push({ ...source, node: node.entry, keys: [...keys, key], follows });
    }
  }
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function keysOf(each: EachEntry, source: Source, path: string): readonly string[] {
  const keys = callFunction(each.keys, source);
  if (Array.isArray(keys) && keys.every((key) => typeof key === "string")) return [...new Set(keys)];
  throw new CroftError("invalid-keys", `the keys of \`each\` at \`${path}\` are not a list of texts`, {
    at: [showPlace(source)],
    hint: "return an array of strings",
  });
}

function resolveOption(
  option: Option<unknown>,
  sources: readonly Source[],
  position: Position,
  parents: readonly Source[],
): Resolved {
  const { path } = position;
  const cell = new Cell({ label: `\`${path}\``, place: () => firstPlace(sources) }, () => {
    if (position.broken !== undefined) throw position.broken;
    return valueOf(option, sources.filter(holds), position, parents);
  });
  return { node: option, position, sources, read: () => cell.get(), child: () => undefined, names: () => [] };
}

function valueOf(
  option: Option<unknown>,
  sources: readonly Source[],
  position: Position,
  parents: readonly Source[],
): unknown {
  if (sources.length === 0) {
    const result = option.schema.safeParse(option.fallback?.value);
    if (result.success) return frozen(result.data);
    if (option.fallback !== undefined) throw describeBadDefault(position, result.error.issues);
    throw describeMissing(position, parents);
  }
  const merged = mergeAll(option, sources, position.path);
  const result = option.schema.safeParse(merged.value);
  const unknown = result.success ? describeUnknownHost(option.schema, result.data, position) : undefined;
  if (unknown !== undefined)
    throw unknown.placed(...merged.winners.map(({ source, path }) => showPlace({ ...source, path })));
  if (result.success) return frozen(result.data);
  throw describeInvalid(position.path, result.error.issues, merged);
}

function mergeAll(option: Option<unknown>, sources: readonly Source[], path: string): Merged {
  try {
    return merge(option.schema, sources.map(definitionOf), []);
  } catch (error) {
    if (error instanceof Disagreement) throw describeDisagreement(path, error);
    throw error;
  }
}

/** A value is computed once and read by many: nobody may change it, not even by `sort()`. */
function frozen(value: unknown): unknown {
  if (!Array.isArray(value) && !isPlainObject(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

const holds = ({ definer }: Source): boolean => definer.holds();

const below = (position: Position, name: string): Position => ({
  ...position,
  path: joined(position.path, name),
});

const joined = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

function descend(sources: readonly Source[], name: string): readonly Source[] {
  return sources.flatMap((source) => {
    const { node } = source;
    if (!isPlainObject(node) || !Object.hasOwn(node, name) || node[name] === undefined) return [];
    return [{ ...source, node: node[name], path: [...source.path, name] }];
  });
}

function firstPlace(sources: readonly Source[]): string | undefined {
  const [source] = sources;
  return source === undefined ? undefined : showPlace(source);
}
