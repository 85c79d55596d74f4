import type { Node } from "./option.ts";
import { CroftError } from "./problem.ts";
import { type Position, type Resolved, resolve } from "./resolve.ts";
import { isPlainObject } from "./schema.ts";
import { showPlace, type Source } from "./source.ts";
import { missingName, view } from "./view.ts";

/** The options of one module, and where it is declared. */
export interface Declared {
  readonly node: Node;
  readonly declared: () => readonly string[];
}

/** The modules' options of one host, or of the fleet: the start of every path. */
export class Root {
  readonly nodes: ReadonlyMap<string, Declared>;
  readonly #position: Pick<Position, "host" | "hosts" | "broken">;
  readonly #sources: Source[] = [];
  readonly #resolved = new Map<string, Resolved>();

  constructor(nodes: ReadonlyMap<string, Declared>, position: Pick<Position, "host" | "hosts" | "broken">) {
    this.nodes = nodes;
    this.#position = position;
  }

  /** Adds a whole contribution; only before anything is read. */
  add(source: Source): void {
    this.#sources.push(source);
  }

  /** The options of one module. */
  child(name: string): Resolved | undefined {
    const module = this.nodes.get(name);
    if (module === undefined) return undefined;
    const known = this.#resolved.get(name);
    if (known !== undefined) return known;
    const { node, declared } = module;
    const made = resolve(node, this.#reaching(name), { ...this.#position, path: name, declared }, []);
    this.#resolved.set(name, made);
    return made;
  }

  /** The values of the modules that `sees` names; of all where it is left out. */
  view(sees?: ReadonlySet<string>): object {
    const names = [...this.nodes.keys()].filter((name) => sees?.has(name) ?? true);
    const visible = new Set(names);
    return view({
      names: () => names,
      has: (name) => visible.has(name),
      value: (name) => this.child(name)?.read(),
      missing: (name) => (this.nodes.has(name) ? notUsed(name) : missingName("module", "", name, names)),
    });
  }

  #reaching(name: string): readonly Source[] {
    return this.#sources.flatMap((source) => {
      const { node } = source;
      if (!isPlainObject(node) || node[name] === undefined || !source.definer.sees.has(name)) return [];
      return [{ ...source, node: node[name], path: [name] }];
    });
  }
}

/** What is wrong with the module names that a contribution starts with; `known` are all modules of the fleet. */
export function nameErrors(
  root: Root,
  source: Source,
  known: ReadonlyMap<string, "interface" | "service">,
): readonly CroftError[] {
  if (!isPlainObject(source.node)) return [];
  const { sees } = source.definer;
  return Object.keys(source.node)
    .filter((name) => !sees.has(name) || !root.nodes.has(name))
    .map((name) => {
      const at = showPlace({ ...source, path: [name] });
      if (!sees.has(name) && known.has(name)) return notUsed(name, known.get(name)).placed(at);
      const names = [...root.nodes.keys()].filter((each) => sees.has(each));
      return missingName("option", "", name, names).placed(at);
    });
}

function notUsed(name: string, kind: "interface" | "service" = "interface"): CroftError {
  const hint =
    kind === "service"
      ? `\`${name}\` is a service: list it under \`services\``
      : `\`${name}\` is an interface: add it to \`uses\``;
  return new CroftError("not-used", `\`${name}\` is not used here`, { hint });
}
