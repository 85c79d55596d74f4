import type { z } from "zod";
import type { Definition, Disagreement, Merged } from "./merge.ts";
import type { LiteralPath } from "./locate.ts";
import { CroftError } from "./problem.ts";
import type { Position } from "./resolve.ts";
import { showPlace, type Source } from "./source.ts";

/** `radicale.users[0]`: an option and a way into its value. */
export function showOption(option: string, path: LiteralPath = []): string {
  return option + path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
}

/** Words definitions that do not agree. */
export function describeDisagreement(option: string, { path, definitions }: Disagreement): CroftError {
  const at = definitions.map((definition) => `${writtenPlace(definition)}: ${showValue(definition.value)}`);
  const fact = `option \`${showOption(option, path)}\` has ${definitions.length} values of the same priority`;
  return new CroftError("conflict", fact, { at, hint: adviceFor(definitions) });
}

/** Advice fits the case: who lists one module on two hosts is told to move it, not to use `force`. */
function adviceFor(definitions: readonly Definition[]): string {
  const hosts = [...new Set(definitions.map(({ source }) => source.definer.host))];
  const shown = hosts.map((host) => (host === undefined ? "hosts/fleet.ts" : `\`${host}\``)).join(" and ");
  const isShared = definitions.every(({ source }) => source.definer.fromModule) && hosts.length > 1;
  if (isShared && definitions.every(({ source }) => source.follows !== undefined)) {
    return `${shown} both define this entry, and the default is for one: take it off one of them, or give the value plainly`;
  }
  if (isShared)
    return `one module on ${shown} gives both: list it on one host only, or give each an entry of its own`;
  return "wrap the one that wins in `force(…)`, or the one that loses in `fallback(…)`";
}

/** A default is placed at the entry that it is for: nobody mends a library for it. */
const writtenPlace = (definition: Definition): string =>
  definition.source.follows === undefined ? place(definition) : showPlace(definition.source.follows);

/** Words what zod says of a merged value. */
export function describeInvalid(
  option: string,
  issues: readonly z.core.$ZodIssue[],
  merged: Merged,
): CroftError {
  const [issue] = issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === "symbol" ? String(step) : step));
  const unrecognized = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const full = unrecognized === undefined ? path : [...path, unrecognized];
  const at = definitionsAt(merged, full).map((definition) => place(definition));
  const says = issues.map(({ message, code }) =>
    code === "unrecognized_keys" ? "this key does not exist" : plain(message),
  );
  return new CroftError(
    "invalid-value",
    `option \`${showOption(option, full)}\` is invalid: ${[...new Set(says)].join("; ")}`,
    { at },
  );
}

/** Where an option stands, as far as words about it need that. */
type Described = Pick<Position, "path" | "host" | "declared">;

/** Words a default that the option's own schema refuses. */
export function describeBadDefault(
  { path, declared }: Described,
  issues: readonly z.core.$ZodIssue[],
): CroftError {
  const says = issues.map(({ message }) => plain(message)).join("; ");
  return new CroftError("invalid-default", `the default of option \`${path}\` is invalid: ${says}`, {
    at: declared(),
    hint: "correct the `default` where the option is declared",
  });
}

/** Words a value that is read and not given. */
export function describeMissing({ path, host, declared }: Described, parents: readonly Source[]): CroftError {
  const written = parents.filter(({ follows }) => follows === undefined).map((source) => showPlace(source));
  const where = host === undefined ? "a host or hosts/fleet.ts" : `hosts/${host}/host.ts`;
  return new CroftError("no-value", `option \`${path}\` is read, and nothing gives it a value`, {
    at: written.length > 0 ? written : declared(),
    hint: `set it in ${where}`,
  });
}

/** A value as it would be written, cut to one short line. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const place = ({ source, path }: Definition): string => showPlace({ ...source, path });

function definitionsAt(merged: Merged, path: LiteralPath): readonly Definition[] {
  const [step, ...rest] = path;
  const part = step === undefined ? undefined : merged.parts.get(step);
  return part === undefined ? merged.winners : definitionsAt(part, rest);
}

const plain = (message: string): string => {
  const text = message.replace(/^Invalid (input|option): /, "");
  return text.slice(0, 1).toLowerCase() + text.slice(1);
};
