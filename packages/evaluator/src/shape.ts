import { EachEntry, EveryEntry } from "./each.ts";
import { Dict, type Node, Option, type Tree } from "./option.ts";
import { CroftError } from "./problem.ts";
import { isPlainObject } from "./schema.ts";
import { showPlace, type Source } from "./source.ts";
import { nameHint } from "./suggest.ts";

/** What is wrong with the keys that a source writes at a tree of options: this level alone. */
export function shapeErrors(tree: Tree, source: Source, path: string): readonly CroftError[] {
  const { node } = source;
  if (!isPlainObject(node)) {
    return [
      new CroftError("invalid-tree", `\`${path}\` holds options, and a ${typeof node} stands there`, {
        at: [showPlace(source)],
        hint: "write its options by name: keys above an option are static",
      }),
    ];
  }
  const prefix = path === "" ? "" : `${path}.`;
  return Object.keys(node)
    .filter((name) => !Object.hasOwn(tree, name))
    .map(
      (name) =>
        new CroftError("unknown-option", `option \`${prefix}${name}\` does not exist`, {
          at: [showPlace({ ...source, path: [...source.path, name] })],
          hint: nameHint(name, Object.keys(tree), prefix),
        }),
    );
}

/** The same at every level below `node`, without computing anything. */
export function allShapeErrors(node: Node, source: Source, path: string): readonly CroftError[] {
  if (node instanceof Option) return [];
  if (node instanceof Dict) return dictShapeErrors(node, source, path);
  const own = shapeErrors(node, source, path);
  const below = isPlainObject(source.node) ? source.node : {};
  const deeper = Object.entries(below).flatMap(([name, value]) => {
    const child = Object.hasOwn(node, name) ? node[name] : undefined;
    if (child === undefined || value === undefined) return [];
    return allShapeErrors(
      child,
      { ...source, node: value, path: [...source.path, name] },
      path === "" ? name : `${path}.${name}`,
    );
  });
  return [...own, ...deeper];
}

function dictShapeErrors(dict: Dict<Tree, string>, source: Source, path: string): readonly CroftError[] {
  const { node } = source;
  if (node instanceof EachEntry || node instanceof EveryEntry) {
    return allShapeErrors(dict.entry, { ...source, node: node.entry }, `${path}.*`);
  }
  if (!isPlainObject(node)) return []; // the dict itself says so when it is read
  return Object.entries(node).flatMap(([key, value]) =>
    value === undefined
      ? []
      : allShapeErrors(dict.entry, { ...source, node: value, path: [...source.path, key] }, `${path}.${key}`),
  );
}
