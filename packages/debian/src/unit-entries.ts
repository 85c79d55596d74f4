import type { Unit } from "@croft/linux";
import { sha256 } from "@croft/plan";
import type { Entry, UnitEntry } from "./generation.ts";

/** What a unit is described from, beside itself. */
export interface UnitSurroundings {
  readonly entries: readonly Entry[];
  /** The hash of each bundled program, by its path in the artifact. */
  readonly programs: ReadonlyMap<string, string>;
}

/** Where the bundled program of a service stands in the artifact. */
export const programSource = (unit: string): string => `programs/${unit.replace(/\.service$/, "")}.mjs`;

/** Describes a unit: how it runs, and whose changes make it restart. */
export function unitEntry(
  { name, text, wantedBy, requiredBy, program }: Unit,
  around: UnitSurroundings,
): UnitEntry {
  const source = programSource(name);
  const hash = program === undefined ? undefined : around.programs.get(source);
  const isFile = (entry: Entry): boolean =>
    entry.kind === "file" && !entry.path.startsWith("/etc/systemd/system/");
  return {
    name,
    sha256: sha256(text),
    starts: wantedBy.length + requiredBy.length > 0,
    stays: staysActive(name, text),
    reloads: /^ExecReload=/m.test(text),
    ...(hash === undefined ? {} : { program: { source, sha256: hash } }),
    files: around.entries.filter((entry) => isFile(entry) && reads(text, entry.path)).map(({ path }) => path),
    mounts: [
      ...new Set(
        Array.from(text.matchAll(/\/run\/croft\/secrets\/([\w./@+-]+)/g), ([, mount = ""]) => mount),
      ),
    ],
  };
}

function staysActive(name: string, text: string): boolean {
  if (!name.endsWith(".service")) return true;
  return !/^Type=oneshot$/m.test(text) || /^RemainAfterExit=yes$/m.test(text);
}

/** Whether a unit's text names a path, or a configuration directory above it. */
function reads(text: string, path: string): boolean {
  const directories = /^ConfigurationDirectory=(.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
  return names(text, path) || directories.some((directory) => path.startsWith(`/etc/${directory}/`));
}

/** Whether a path stands in a text as a whole, and not as the beginning of a longer one. */
function names(text: string, path: string): boolean {
  const rest = text.split(path).slice(1);
  return rest.some((after) => !/^[\w./-]/.test(after));
}
