// Turns small JSON into facts and wishes, for this package's tests alone.
import type { SecretFile } from "@croft/plan";
import { defineArtifact, sha256, type Wanted } from "@croft/plan";
import type { Facts, PathFact, SecretFact } from "./facts.ts";
import {
  type Entry,
  encodeGeneration,
  type Generation,
  generationFile,
  isCopy,
  linkTarget,
  type UnitEntry,
} from "./generation.ts";
import { placeOf } from "./plan-secrets.ts";
import type { DebianPlan } from "./step.ts";
import { fileEntry, generation } from "./testing.ts";

/** A generation as a case writes it: only what matters to its claim. */
export interface CaseGeneration {
  readonly address?: string;
  /** Text by path, or text and more. */
  readonly files?: Readonly<
    Record<
      string,
      | string
      | { readonly text: string; readonly method?: "copy"; readonly mode?: string; readonly replace?: true }
    >
  >;
  readonly links?: Readonly<Record<string, string>>;
  readonly units?: Readonly<
    Record<string, Partial<UnitEntry> & { readonly text?: string; readonly programText?: string }>
  >;
  readonly packages?: readonly string[];
  readonly users?: readonly string[];
  readonly directories?: readonly string[];
  /** Ciphertext by mount, or `null` where another host is broken. */
  readonly secrets?: Readonly<
    Record<
      string,
      string | { readonly ciphertext: string; readonly owner?: string; readonly restart?: readonly string[] }
    >
  > | null;
}

/** One case: what is there, what is wanted, and the steps from one to the other. */
export interface PlanCase {
  /** The current generation; the facts are those of a device that is as it says, unless told otherwise. */
  readonly current?: CaseGeneration;
  readonly facts?: Partial<Facts>;
  readonly wanted: CaseGeneration;
  /** `action subject: reason` each. */
  readonly steps: readonly string[];
  readonly notRun?: readonly string[];
  readonly error?: readonly string[];
}

/** What a case wants of a device. */
export function wantedOf(written: CaseGeneration): Wanted {
  const artifact = defineArtifact("barn", "debian", [
    { path: generationFile, content: new TextEncoder().encode(encodeGeneration(generationOf(written))) },
  ]);
  return { artifact, secrets: written.secrets === null ? undefined : secretsOf(written) };
}

/** What a look at a device tells that runs a generation just as it was written. */
export function factsOf(written: CaseGeneration | undefined): Facts {
  const empty: Facts = {
    equal: false,
    generation: 0,
    latest: 0,
    secrets: {},
    secretsMissing: false,
    contents: {},
    paths: {},
    notRunning: {},
    packages: [],
    installedByCroft: [],
    isPending: false,
    isBusy: false,
    room: 1_000_000,
  };
  if (written === undefined) return empty;
  const current = generationOf(written);
  return {
    ...empty,
    generation: 3,
    latest: 3,
    current,
    secrets: Object.fromEntries(
      secretsOf(written).map((secret): [string, SecretFact] => [
        secret.mount,
        { revision: secret.revision, place: placeOf(secret) },
      ]),
    ),
    paths: Object.fromEntries(current.entries.map((entry) => [entry.path, pathOf(entry)])),
    packages: current.packages,
    installedByCroft: current.packages,
  };
}

/** What a look would tell after a plan was carried out. */
export function factsAfter(facts: Facts, plan: DebianPlan, { secrets }: Wanted): Facts {
  const kept = (path: string): boolean =>
    facts.paths[path]?.kept === true ||
    plan.steps.some((step) => step.action === "replace" && step.subject === path);
  const left = plan.steps.filter(({ action }) => action === "leave").map(({ subject }) => subject);
  return {
    ...facts,
    generation: plan.number,
    latest: plan.number,
    current: plan.to,
    secrets:
      secrets === undefined
        ? facts.secrets
        : Object.fromEntries(
            secrets.map((secret): [string, SecretFact] => [
              secret.mount,
              { revision: secret.revision, place: placeOf(secret) },
            ]),
          ),
    secretsMissing: false,
    paths: Object.fromEntries([
      ...plan.to.entries.map((entry): [string, PathFact] => [
        entry.path,
        { ...pathOf(entry), kept: kept(entry.path) },
      ]),
      ...left.flatMap((path): [string, PathFact][] => {
        const fact = facts.paths[path];
        return fact === undefined ? [] : [[path, fact]];
      }),
    ]),
    notRunning: {},
    packages: plan.to.packages,
    installedByCroft: facts.installedByCroft.filter((name) => plan.to.packages.includes(name)),
    isPending: false,
  };
}

function pathOf(entry: Entry): PathFact {
  return isCopy(entry)
    ? { kind: "file", kept: false, content: entry.sha256 }
    : { kind: "link", kept: false, content: linkTarget(entry) };
}

function generationOf({
  address = "root@barn",
  files = {},
  links = {},
  units = {},
  packages = [],
  users = [],
  directories = [],
}: CaseGeneration): Generation {
  const entries: Entry[] = [
    ...Object.entries(files).map(([path, file]) => {
      const { text, ...more } = typeof file === "string" ? { text: file } : file;
      return fileEntry(path, text, more);
    }),
    ...Object.entries(links).map(([path, target]): Entry => ({ kind: "link", path, target })),
  ];
  const unitEntries = Object.entries(units).map(([name, { text = "", programText, ...more }]): UnitEntry => ({
    name,
    sha256: sha256(text),
    starts: true,
    stays: true,
    reloads: false,
    files: [],
    mounts: [],
    ...(programText === undefined
      ? {}
      : { program: { source: `programs/${name}.mjs`, sha256: sha256(programText) } }),
    ...more,
  }));
  return generation({
    address,
    entries,
    units: unitEntries,
    packages: [...packages],
    users: [...users],
    directories: [...directories],
  });
}

function secretsOf({ secrets }: CaseGeneration): SecretFile[] {
  return Object.entries(secrets ?? {}).map(([mount, secret]) => {
    const {
      ciphertext,
      owner = "root",
      restart = [],
    } = typeof secret === "string" ? { ciphertext: secret } : secret;
    return {
      mount,
      owner,
      group: "root",
      mode: "0400",
      restart,
      revision: sha256(ciphertext),
      ciphertext: new TextEncoder().encode(ciphertext),
    };
  });
}
