import { isElsewhere } from "./judge.ts";
import type { Module } from "./module.ts";
import { placesOf } from "./places.ts";
import { CroftError } from "./problem.ts";
import type { Resolved } from "./resolve.ts";
import { nameErrors, type Root } from "./root.ts";
import { allShapeErrors } from "./shape.ts";
import { isPlainObject } from "./schema.ts";
import type { Source } from "./source.ts";

/** What checking a host needs. */
export interface Checked {
  readonly config: Root;
  readonly global: Root;
  readonly known: ReadonlyMap<string, Module["kind"]>;
  /** Every contribution of the host. */
  readonly sources: readonly Source[];
}

/** Everything that is wrong with a host: names, values that it defines, and assertions; sorted, each once. */
export function checkHost(host: string, checked: Checked): readonly CroftError[] {
  const { config, global, sources } = checked;
  const errors = [
    ...sources.flatMap((source) => writtenErrors(source, checked)),
    ...[...config.nodes.keys()].flatMap((name) => valueErrors(config.child(name), host)),
    // What a broken host leaves open is an error of those who read it, not of those who define beside it.
    ...[...global.nodes.keys()]
      .flatMap((name) => valueErrors(global.child(name), host))
      .filter((error) => !isElsewhere(error)),
    ...assertionErrors(checked),
  ];
  const unique = new Map(errors.reverse().map((error) => [identity(error), error]));
  return [...unique.values()].sort((a, b) => (a.message < b.message ? -1 : 1));
}

/** A misspelling in computed entries is one error, not one for each entry. */
const identity = ({ code, message, detail: { at = [] } }: CroftError): string =>
  code === "unknown-option" ? at.join("\n") : message;

/** Names that do not exist, wherever they are written; computes nothing. */
function writtenErrors(source: Source, { config, global, known }: Checked): readonly CroftError[] {
  const root = source.definer.contribution.scope === "global" ? global : config;
  const body = isPlainObject(source.node) ? source.node : {};
  const below = Object.entries(body).flatMap(([name, value]) => {
    const node = root.nodes.get(name)?.node;
    if (node === undefined || value === undefined || !source.definer.sees.has(name)) return [];
    return allShapeErrors(node, { ...source, node: value, path: [name] }, name);
  });
  return [...nameErrors(root, source, known), ...below];
}

/** The errors of all values that the host defines something of. */
function valueErrors(resolved: Resolved | undefined, host: string): readonly CroftError[] {
  if (resolved === undefined || !resolved.sources.some(({ definer }) => definer.host === host)) return [];
  return attempt(() => {
    const names = resolved.names();
    if (names.length === 0) resolved.read();
    return names.flatMap((name) => attempt(() => valueErrors(resolved.child(name), host)));
  });
}

function assertionErrors({ config, global }: Checked): readonly CroftError[] {
  const all = config.child("assertions");
  return attempt(() =>
    (all?.names() ?? []).flatMap((name) =>
      attempt(() => {
        const read = (field: string): unknown => all?.child(name)?.child(field)?.read();
        if (read("holds") === true) return [];
        const about = read("about");
        const at = Array.isArray(about)
          ? about.flatMap((path) => placesOf(String(path), { config, global }))
          : [];
        const hint = read("hint");
        const detail = typeof hint === "string" ? { at, hint } : { at };
        return [new CroftError("assertion", String(read("message")), detail)];
      }),
    ),
  );
}

function attempt(check: () => readonly CroftError[]): readonly CroftError[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof CroftError) return [error];
    throw error;
  }
}
