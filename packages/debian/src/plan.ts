import { type Artifact, sha256, textOf, type Wanted } from "@croft/plan";
import type { Facts } from "./facts.ts";
import {
  decodeGeneration,
  embedded,
  encodeGeneration,
  type Generation,
  generationFile,
} from "./generation.ts";
import { planFiles } from "./plan-files.ts";
import { planSecrets, secretChanges } from "./plan-secrets.ts";
import { canRun, planUnits } from "./plan-units.ts";
import type { DebianPlan, DebianStep, OtherStep } from "./step.ts";

/** Pure: what a Debian host's device has to do to become what is wanted. @throws CroftError `in-the-way` */
export function planDebian(facts: Facts, { artifact, secrets }: Wanted): DebianPlan {
  const to = decodeGeneration(textOf(artifact, generationFile), `host \`${artifact.host}\``);
  const from = facts.current;
  const base = {
    number: facts.latest + 1,
    base: facts.generation,
    from,
    to,
    room: facts.room,
    notRun: notRunOn(to),
  };
  if (facts.equal) return { ...base, steps: [], reused: [] };
  const changes = secretChanges(facts, secrets);
  const steps: readonly DebianStep[] = [
    ...(facts.isPending
      ? [other("generation", "undo", to.host, "an interrupted deploy is undone first")]
      : []),
    ...installs(facts, to),
    ...planKept("user", from, to),
    ...planKept("directory", from, to),
    ...planSecrets(facts, secrets),
    ...planFiles(facts, from, to),
    ...planUnits(facts, from, to, changes),
    ...uninstalls(facts, to),
  ];
  const isSame = from !== undefined && encodeGeneration(from) === encodeGeneration(to);
  const record =
    steps.length > 0 || isSame ? [] : [other("generation", "record", to.host, "its description changed")];
  return { ...base, steps: [...steps, ...record], reused: reusedOf(facts, artifact) };
}

function notRunOn(to: Generation): readonly string[] {
  if (to.address !== embedded) return [];
  return [
    ...to.packages.map((name) => `package \`${name}\`: an embedded host has no Debian packages`),
    ...to.users.map((name) => `user \`${name}\`: an embedded host runs everything as you`),
    ...to.units
      .filter((unit) => !canRun(to, unit) && unit.starts)
      .map(({ name }) => `unit \`${name}\`: an embedded host runs only Node software of this repository`),
  ];
}

const other = (
  kind: OtherStep["kind"],
  action: OtherStep["action"],
  subject: string,
  reason: string,
): OtherStep => ({
  kind,
  action,
  subject,
  reason,
  undone: kind === "secret" || kind === "generation",
});

/** Users and directories are made and never removed: what is theirs is not in the repository. */
function planKept(kind: "user" | "directory", from: Generation | undefined, to: Generation): OtherStep[] {
  const namesOf = (generation: Generation | undefined): readonly string[] => {
    if (generation === undefined) return [];
    if (kind === "directory") return generation.directories;
    return generation.address === embedded ? [] : generation.users;
  };
  const [old, wanted] = [namesOf(from), namesOf(to)];
  const verb = kind === "user" ? "add" : "make";
  return [
    ...wanted
      .filter((name) => !old.includes(name))
      .map((name) => other(kind, verb, `${kind} ${name}`, "is new")),
    ...old
      .filter((name) => !wanted.includes(name))
      .map((name) =>
        other(kind, "leave", `${kind} ${name}`, "is no longer wanted; it stays, with what is its own"),
      ),
  ];
}

function installs(facts: Facts, to: Generation): OtherStep[] {
  if (to.address === embedded) return [];
  return to.packages
    .filter((name) => !facts.packages.includes(name))
    .map((name) => other("package", "install", name, "is not installed"));
}

function uninstalls(facts: Facts, to: Generation): OtherStep[] {
  return facts.installedByCroft
    .filter((name) => !to.packages.includes(name))
    .map((name) => other("package", "uninstall", name, "Croft installed it, and nothing wants it any more"));
}

function reusedOf(facts: Facts, artifact: Artifact): DebianPlan["reused"] {
  return artifact.files.flatMap(({ path, content }) => {
    const there = facts.contents[sha256(content)];
    return there === undefined ? [] : [[path, `${facts.generation}/${there}`] as const];
  });
}
