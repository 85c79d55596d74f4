import type { Options, Values } from "@croft/evaluator";
import { isAbsolutePath, isAccount, isUnitStem } from "./names.ts";

type Checked = Values<Options["linux"]>;

const unitKinds = ["services", "timers", "sockets", "paths", "mounts", "targets"] as const;

/** What schemas cannot see: options that make no sense beside each other, and keys that are no paths. */
export interface Fault {
  /** The option, such as `linux.files./etc/a`. */
  readonly about: string;
  readonly message: string;
  readonly hint: string;
}

/** The faults of one host's files, directories, accounts and units. */
export function faults(linux: Checked): readonly Fault[] {
  return [
    ...Object.keys(linux.files).flatMap((path) => [
      ...pathFaults("files", path),
      ...placeFaults(linux, path),
      ...contentFaults(linux, path),
    ]),
    ...Object.keys(linux.directories).flatMap((path) => pathFaults("directories", path)),
    ...(["users", "groups"] as const).flatMap((kind) =>
      nameFaults(
        kind,
        Object.keys(linux[kind]),
        isAccount,
        "use lower-case letters, digits, `_` and `-`, and no digit first",
      ),
    ),
    ...unitKinds.flatMap((kind) =>
      nameFaults(
        kind,
        Object.keys(linux[kind]),
        isUnitStem,
        "use letters, digits, `:`, `_`, `.`, `@` and `-`, without the suffix",
      ),
    ),
    ...Object.keys(linux.services).flatMap((name) => commandFaults(linux, name)),
  ];
}

/** The fault of one option. */
export const faultAt = (linux: Checked, about: string): Fault | undefined =>
  faults(linux).find((fault) => fault.about === about);

function pathFaults(kind: "files" | "directories", path: string): readonly Fault[] {
  if (isAbsolutePath(path)) return [];
  const message = `\`linux.${kind}\` holds ${JSON.stringify(path)}, which is no absolute path`;
  return [
    {
      about: `linux.${kind}.${path}`,
      message,
      hint: "write it from `/`, without `.`, `..` and doubled slashes",
    },
  ];
}

/** A file is no folder: nothing lies below it. */
function placeFaults(linux: Checked, path: string): readonly Fault[] {
  const below = [...Object.keys(linux.files), ...Object.keys(linux.directories)].find(
    (other) => other.startsWith(`${path}/`) || (other === path && other in linux.directories),
  );
  if (below === undefined) return [];
  const message =
    below === path ? `\`${path}\` is a file and a directory` : `file \`${path}\` has \`${below}\` below it`;
  return [{ about: `linux.files.${path}`, message, hint: "give one of them another path" }];
}

function nameFaults(
  kind: "users" | "groups" | (typeof unitKinds)[number],
  names: readonly string[],
  isSound: (name: string) => boolean,
  hint: string,
): readonly Fault[] {
  return names
    .filter((name) => !isSound(name))
    .map((name) => ({
      about: `linux.${kind}.${name}`,
      message: `\`linux.${kind}\` holds ${JSON.stringify(name)}, which is no name there`,
      hint,
    }));
}

function contentFaults(linux: Checked, path: string): readonly Fault[] {
  const file = linux.files[path];
  const given = [file?.text, file?.template, file?.asset].filter((content) => content !== undefined);
  if (given.length === 1) return [];
  const message = `file \`${path}\` has ${given.length === 0 ? "no content" : "more than one content"}`;
  return [
    { about: `linux.files.${path}`, message, hint: "give exactly one of `text`, `template` and `asset`" },
  ];
}

function commandFaults(linux: Checked, name: string): readonly Fault[] {
  const service = linux.services[name];
  const isElsewhere = Object.keys(service?.service ?? {}).some((directive) => directive.startsWith("Exec"));
  const given = [service?.program, service?.execStart].filter((command) => command !== undefined).length;
  if (given === 1 || (given === 0 && isElsewhere)) return [];
  const message = `service \`${name}\` has ${given === 0 ? "no command" : "a program and a command"}`;
  return [{ about: `linux.services.${name}`, message, hint: "give one of `program` and `execStart`" }];
}
