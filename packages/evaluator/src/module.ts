import { contribute, contributeWhen, type Contribution } from "./definition.ts";
import { checkModules, checkTree } from "./definition-check.ts";
import type { Node } from "./option.ts";
import { callSite, type Site } from "./site.ts";

/** What interfaces and services are when they run: declarations, and the definitions that follow from them. */
export interface Module {
  readonly kind: "interface" | "service";
  readonly name: string;
  readonly uses: readonly Module[];
  readonly optionTree: Node | undefined;
  readonly globalTree: Node | undefined;
  readonly contributions: readonly Contribution[];
  /** The call of `defineInterface` or `defineService`. */
  readonly site: Site;
}

type Condition = (context: never) => boolean;
type Guarded = { readonly config?: object; readonly global?: object };

/** A module while its definitions are written: each call returns a new one that holds one more. */
export class ModuleBuilder<Kind extends Module["kind"]> implements Module {
  readonly kind: Kind;
  readonly name: string;
  readonly uses: readonly Module[];
  readonly optionTree: Node | undefined;
  readonly globalTree: Node | undefined;
  readonly contributions: readonly Contribution[];
  readonly site: Site;

  constructor(module: Module & { readonly kind: Kind }) {
    this.kind = module.kind;
    this.name = module.name;
    this.uses = module.uses;
    this.optionTree = module.optionTree;
    this.globalTree = module.globalTree;
    this.contributions = module.contributions;
    this.site = module.site;
  }

  config(body: object): ModuleBuilder<Kind> {
    return this.#with(contribute("config", body, callSite()));
  }

  global(body: object): ModuleBuilder<Kind> {
    return this.#with(contribute("global", body, callSite()));
  }

  when(condition: Condition, guarded: Guarded): ModuleBuilder<Kind> {
    return this.#with(contributeWhen(condition, guarded, callSite()));
  }

  #with(more: readonly Contribution[]): ModuleBuilder<Kind> {
    return new ModuleBuilder({ ...this, contributions: [...this.contributions, ...more] });
  }
}

interface Declared {
  readonly uses?: readonly Module[];
  readonly options?: unknown;
  readonly global?: unknown;
}

/** A module without definitions yet. @throws CroftError for what types would refuse */
export function beginModule<Kind extends Module["kind"]>(
  kind: Kind,
  name: string,
  { uses = [], options, global }: Declared,
  site: Site,
): ModuleBuilder<Kind> {
  checkModules(`${kind} \`${name}\``, "uses", "interface", uses);
  checkTree(name, options);
  checkTree(name, global);
  return new ModuleBuilder({
    kind,
    name,
    uses,
    // Whatever is registered under the name, it is one of these.
    optionTree: options as Node | undefined,
    globalTree: global as Node | undefined,
    contributions: [],
    site,
  });
}

/** Two modules with one name, where one would hide the other. */
export class NameClash extends Error {
  readonly modules: readonly [Module, Module];

  constructor(first: Module, second: Module) {
    super(`two modules are named ${first.name}`);
    this.modules = [first, second];
  }
}

/**
 * All modules that `modules` bring along, each once, the used ones before their users.
 *
 * @throws NameClash when two of them have one name
 */
export function closure(modules: readonly Module[]): readonly Module[] {
  const found = new Map<string, Module>();
  const visit = (module: Module): void => {
    const known = found.get(module.name);
    if (known === module) return;
    if (known !== undefined) throw new NameClash(known, module);
    for (const used of module.uses) visit(used);
    found.set(module.name, module);
  };
  for (const module of modules) visit(module);
  return [...found.values()];
}
