import type { Module } from "./module.ts";
import { Dict, Option } from "./option.ts";
import { CroftError } from "./problem.ts";
import { isPlainObject } from "./schema.ts";

// What types refuse is refused here again, for those without an editor.

/** Refuses what is no list of modules of one kind. @throws CroftError */
export function checkModules(
  owner: string,
  field: "uses" | "services",
  kind: Module["kind"],
  modules: unknown,
): asserts modules is readonly Module[] {
  const hint = `list what \`define${kind === "service" ? "Service" : "Interface"}\` returned, such as \`${field}: [${kind === "service" ? "notes" : "linux"}]\``;
  if (!Array.isArray(modules))
    throw new CroftError("no-modules", `\`${field}\` of ${owner} is no list`, { hint });
  const wrong = modules.findIndex((module) => !isModule(module) || module.kind !== kind);
  if (wrong === -1) return;
  const found: unknown = modules[wrong];
  const what = isModule(found)
    ? `\`${found.name}\`, which is no ${kind}`
    : `something that is no ${kind}, at place ${wrong + 1}`;
  throw new CroftError("no-modules", `\`${field}\` of ${owner} holds ${what}`, { hint });
}

function isModule(value: unknown): value is Module {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    "name" in value &&
    "contributions" in value
  );
}

/** Refuses a tree that holds something else than options. @throws CroftError */
export function checkTree(path: string, node: unknown): void {
  if (node === undefined || node instanceof Option) return;
  if (node instanceof Dict) return checkTree(`${path}.*`, node.entry);
  if (!isPlainObject(node)) {
    throw new CroftError("no-option", `\`${path}\` is no option`, {
      hint: 'write `option(schema, { description: "…" })`, or `dict({ … })` for a record of entries',
    });
  }
  for (const [name, child] of Object.entries(node)) checkTree(`${path}.${name}`, child);
}
