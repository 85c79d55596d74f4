import type { Options, Values } from "@croft/evaluator";

type Checked = Pick<Values<Options["linux"]>, "files" | "directories" | "services">;

/** What schemas cannot see: options that make no sense beside each other, and keys that are no paths. */
export interface Fault {
  /** The option, such as `linux.files./etc/a`. */
  readonly about: string;
  readonly message: string;
  readonly hint: string;
}

/** The faults of one host's files, directories and services. */
export function faults(linux: Checked): readonly Fault[] {
  return [
    ...Object.keys(linux.files).flatMap((path) => [
      ...pathFaults("files", path),
      ...contentFaults(linux, path),
    ]),
    ...Object.keys(linux.directories).flatMap((path) => pathFaults("directories", path)),
    ...Object.keys(linux.services).flatMap((name) => commandFaults(linux, name)),
  ];
}

/** The fault of one option. */
export const faultAt = (linux: Checked, about: string): Fault | undefined =>
  faults(linux).find((fault) => fault.about === about);

function pathFaults(kind: "files" | "directories", path: string): readonly Fault[] {
  const parts = path.split("/").slice(1);
  const isSound = path.startsWith("/") && parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (isSound && !path.includes("\n")) return [];
  const message = `\`linux.${kind}\` holds \`${path}\`, which is no absolute path`;
  return [
    {
      about: `linux.${kind}.${path}`,
      message,
      hint: "write it from `/`, without `.`, `..` and doubled slashes",
    },
  ];
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
  if (service?.program === undefined || service.execStart === undefined) return [];
  const message = `service \`${name}\` has a program and a command`;
  return [{ about: `linux.services.${name}`, message, hint: "give one of `program` and `execStart`" }];
}
