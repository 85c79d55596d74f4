import type { AnyFleet } from "./fleet.ts";
import type { AnyHost } from "./host.ts";
import { closure, type Module, NameClash } from "./module.ts";
import { CroftError } from "./problem.ts";
import { showSite } from "./site.ts";
import type { Sources } from "./sources.ts";

/** A host file that was loaded, or why it could not be. */
export type LoadedHost =
  | { readonly name: string; readonly host: AnyHost }
  | { readonly name: string; readonly error: CroftError };

/** What an evaluation starts from; it reads nothing else. */
export interface EvaluationInput {
  readonly hosts: readonly LoadedHost[];
  /** The values of no host, or why `hosts/fleet.ts` could not be loaded. */
  readonly fleet?: AnyFleet | CroftError | undefined;
  readonly sources: Sources;
}

/** The input of an evaluation, sorted out. */
export interface Judged {
  /** The hosts that can be evaluated, each with its modules. */
  readonly sound: readonly { readonly host: AnyHost; readonly own: readonly Module[] }[];
  readonly errors: ReadonlyMap<string, CroftError>;
  readonly fleetModules: readonly Module[];
  /** All modules of the fleet, by name. */
  readonly modules: ReadonlyMap<string, Module>;
}

/** Tells the hosts that can be evaluated from those that are broken as a whole. */
export function judge(
  hosts: readonly LoadedHost[],
  fleet: EvaluationInput["fleet"],
  sources: Sources,
): Judged {
  const errors = new Map<string, CroftError>();
  const sound: { readonly host: AnyHost; readonly own: readonly Module[] }[] = [];
  const fleetModules = fleet === undefined || fleet instanceof CroftError ? [] : closure(fleet.uses);
  let modules = new Map(fleetModules.map((module) => [module.name, module]));
  for (const loaded of hosts) {
    const error = "error" in loaded ? loaded.error : misnamed(loaded.name, loaded.host, sources);
    if (error !== undefined) errors.set(loaded.name, error);
    if (error !== undefined || !("host" in loaded)) continue;
    const { platform, uses, services } = loaded.host;
    try {
      const own = closure([...platform.uses, ...uses, ...services]);
      modules = new Map(closure([...modules.values(), ...own]).map((module) => [module.name, module]));
      sound.push({ host: loaded.host, own });
    } catch (problem) {
      if (!(problem instanceof NameClash)) throw problem;
      errors.set(loaded.name, clash(problem, sources));
    }
  }
  return { sound, errors, fleetModules, modules };
}

function clash({ modules: [first, second] }: NameClash, sources: Sources): CroftError {
  return new CroftError("module-twice", `two modules are named \`${first.name}\``, {
    at: [first, second].map(({ site }) => showSite(site, sources.root)),
    hint: "give one of them another name; where they are meant to be one, use what its last `.config` or `.global` returns",
  });
}

const elsewhere: ReadonlySet<string> = new Set(["broken-host", "broken-fleet"]);

/** Whether an error says that another host, or `hosts/fleet.ts`, cannot be loaded: it is one of those who read it. */
export const isElsewhere = (error: unknown): boolean =>
  error instanceof CroftError && elsewhere.has(error.code);

/** A host that cannot be loaded could have defined any global option. */
export function brokenGlobals(
  errors: ReadonlyMap<string, CroftError>,
  fleet: EvaluationInput["fleet"],
): CroftError | undefined {
  const [first] = errors;
  if (fleet instanceof CroftError)
    return new CroftError(
      "broken-fleet",
      `hosts/fleet.ts cannot be loaded, and global options could depend on it\n${indented(fleet)}`,
      { cause: fleet },
    );
  if (first === undefined) return undefined;
  const [name, error] = first;
  return new CroftError(
    "broken-host",
    `host \`${name}\` cannot be loaded, and this one reads global options that it could define\n${indented(error)}`,
    { cause: error },
  );
}

const indented = (error: CroftError): string =>
  error.message
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");

function misnamed(folder: string, host: AnyHost, sources: Sources): CroftError | undefined {
  if (host.name === folder) return undefined;
  return new CroftError("misnamed-host", `host \`${host.name}\` stands in the folder of \`${folder}\``, {
    at: [showSite(host.site, sources.root)],
    hint: `write \`defineHost("${folder}", …)\`, or rename the folder`,
  });
}
