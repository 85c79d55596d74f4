/** The layers from the top: a project imports from its own layer and from those above it. */
export const layers = ["core", "domain", "platform", "content", "root", "host", "tool"] as const;

/** The place of a project in the order of imports. */
export type Layer = (typeof layers)[number];

/** What the layers' rules look at: each project's layer, and what it imports. */
export interface ImportGraph {
  readonly layerOf: ReadonlyMap<string, string>;
  readonly imports: readonly { readonly from: string; readonly to: string }[];
}

const isLayer = (name: string | undefined): name is Layer => layers.some((layer) => layer === name);

/** Layers that do not see each other, though one stands above the other. */
const strangers: readonly (readonly [Layer, Layer])[] = [
  ["root", "content"],
  ["platform", "platform"],
];

/** Every import that points down, or to a stranger, one line each. */
export function forbiddenImports({ layerOf, imports }: ImportGraph): string[] {
  return imports.flatMap(({ from, to }) => {
    const [lower, upper] = [layerOf.get(from), layerOf.get(to)];
    if (!isLayer(lower) || !isLayer(upper))
      return [`\`${from}\` (${lower}) imports \`${to}\` (${upper}): no such layer`];
    const pointsUp = layers.indexOf(upper) <= layers.indexOf(lower);
    const isStrange = strangers.some(([a, b]) => a === lower && b === upper);
    return pointsUp && !isStrange ? [] : [`\`${from}\` (${lower}) imports \`${to}\` (${upper})`];
  });
}
