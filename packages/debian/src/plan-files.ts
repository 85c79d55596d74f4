import { CroftError } from "@croft/evaluator";
import type { Facts, PathFact } from "./facts.ts";
import { type Entry, type Generation, isCopy, linkTarget } from "./generation.ts";
import type { FileStep } from "./step.ts";

const absent: PathFact = { kind: "absent", kept: false, content: "-" };

/** What has to change of the files that generations own. @throws CroftError `in-the-way` before anything is touched */
export function planFiles(facts: Facts, from: Generation | undefined, to: Generation): readonly FileStep[] {
  const old = new Map(from?.entries.map((entry) => [entry.path, entry]));
  const wanted = new Set(to.entries.map(({ path }) => path));
  const fact = (path: string): PathFact => facts.paths[path] ?? absent;
  refuseObstacles(to, (entry) => isInTheWay(entry, old.get(entry.path), fact(entry.path)));
  refuseSecondOriginals(to, (entry) => !old.has(entry.path) && isSecondOriginal(fact(entry.path)));
  return [
    ...to.entries.flatMap((entry) => planWanted(entry, old.get(entry.path), fact(entry.path))),
    ...(from?.entries ?? [])
      .filter(({ path }) => !wanted.has(path))
      .flatMap((entry) => planUnwanted(entry, fact(entry.path))),
  ];
}

function planWanted(entry: Entry, old: Entry | undefined, fact: PathFact): FileStep[] {
  const step = { kind: "file", subject: entry.path, entry, undone: true } as const;
  if (old === undefined) {
    return fact.kind === "absent"
      ? [{ ...step, action: "create", reason: "is not there yet", touches: true }]
      : [{ ...step, action: "replace", reason: "is taken over; the original is kept", touches: true }];
  }
  const reason = reasonToUpdate(entry, old, fact);
  if (reason === undefined) return [];
  return [{ ...step, action: "update", reason, old, touches: isCopy(entry) || !matches(entry, fact) }];
}

function reasonToUpdate(entry: Entry, old: Entry, fact: PathFact): string | undefined {
  if (fact.kind === "absent") return "was removed on the device";
  if (!matches(old, fact)) return "was changed on the device";
  if (
    entry.kind !== old.kind ||
    (entry.kind === "file" && old.kind === "file" && entry.method !== old.method)
  ) {
    return "is kept in another way";
  }
  if (entry.kind === "link" || old.kind === "link")
    return linkTarget(entry) === linkTarget(old) ? undefined : "leads elsewhere";
  if (entry.sha256 !== old.sha256) return "has other content";
  const isSame = entry.owner === old.owner && entry.group === old.group && entry.mode === old.mode;
  return isSame ? undefined : "has another owner or other permissions";
}

function planUnwanted(old: Entry, fact: PathFact): FileStep[] {
  const step = { kind: "file", subject: old.path, old, undone: true } as const;
  if (fact.kind !== "absent" && !matches(old, fact)) {
    return [
      {
        ...step,
        action: "leave",
        reason: "is no longer wanted, but was changed on the device",
        touches: false,
      },
    ];
  }
  if (fact.kept)
    return [
      { ...step, action: "restore", reason: "is no longer wanted; the original comes back", touches: true },
    ];
  return fact.kind === "absent"
    ? []
    : [{ ...step, action: "remove", reason: "is no longer wanted", touches: true }];
}

/** Whether what stands on the device is what a generation put there. */
function matches(entry: Entry, fact: PathFact): boolean {
  if (isCopy(entry)) return fact.kind === "file" && fact.content === entry.sha256;
  return fact.kind === "link" && fact.content === linkTarget(entry);
}

function isInTheWay(entry: Entry, old: Entry | undefined, fact: PathFact): boolean {
  if (fact.kind === "absent") return false;
  if (fact.kind === "directory" || fact.kind === "other") return true;
  if (old !== undefined) return false;
  return entry.kind === "link" ? !isEnabledAlready(entry.path, fact) : !entry.replace;
}

/** What a person made of a file that Croft gave up: one original is kept already, so there is no place for it. */
const isSecondOriginal = (fact: PathFact): boolean => fact.kept && fact.kind !== "absent";

/** A unit that its Debian package enabled: the link leads to a unit of the same name. */
const isEnabledAlready = (path: string, fact: PathFact): boolean =>
  fact.kind === "link" && fact.content.split("/").at(-1) === path.split("/").at(-1);

function refuseObstacles(to: Generation, isObstacle: (entry: Entry) => boolean): void {
  const paths = to.entries.filter(isObstacle).map(({ path }) => path);
  if (paths.length > 0) throw inTheWay(to.host, paths);
}

function refuseSecondOriginals(to: Generation, isSecond: (entry: Entry) => boolean): void {
  const paths = to.entries.filter(isSecond).map(({ path }) => path);
  const [first] = paths;
  if (first === undefined) return;
  const fact =
    paths.length === 1
      ? `\`${first}\` is in the way: it was changed on the device, and an older original of it is kept already`
      : `${paths.length} files are in the way: they were changed on the device, and older originals of them are kept already`;
  throw new CroftError("in-the-way", fact, {
    at: paths.map((path) => `${path} on host \`${to.host}\``),
    hint: `move it away; the original stays at \`/var/lib/croft/originals${first}\``,
  });
}

/** Words that files which Croft does not own stand where a host wants its own. */
export function inTheWay(host: string, paths: readonly string[]): CroftError {
  const [first = "", ...more] = paths;
  const fact =
    more.length === 0
      ? `\`${first}\` is in the way: Croft does not own it`
      : `${paths.length} files are in the way: Croft does not own them`;
  return new CroftError("in-the-way", fact, {
    at: paths.map((path) => `${path} on host \`${host}\``),
    hint: `move it away, or set \`replace: true\` at \`linux.files["${first}"]\`: the original is kept and comes back later`,
  });
}
