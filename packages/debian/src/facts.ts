import { CroftError } from "@croft/evaluator";
import { decodeGeneration, type Generation } from "./generation.ts";

/** What stands at a path that a generation cares about. A path that is not listed is absent. */
export interface PathFact {
  readonly kind: "absent" | "file" | "link" | "directory" | "other";
  /** Whether an original is kept that was there before Croft. */
  readonly kept: boolean;
  /** The hash of a file, or where a link leads. */
  readonly content: string;
}

/** A secret that the current generation holds. */
export interface SecretFact {
  readonly revision: string;
  /** Owner, group and mode. */
  readonly place: string;
}

/** What one look at a device told. */
export interface Facts {
  /** Whether the device is as wanted; nothing else is known then but the generation's number. */
  readonly equal: boolean;
  /** The number of the current generation; 0 before the first. */
  readonly generation: number;
  /** The highest number that was ever used there. */
  readonly latest: number;
  /** The current generation's description. */
  readonly current?: Generation;
  /** The secrets in place, by mount. */
  readonly secrets: Readonly<Record<string, SecretFact>>;
  readonly secretsMissing: boolean;
  /** Paths below the current generation's folder, by the hash of their content. */
  readonly contents: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<string, PathFact>>;
  /** Units that should run and do not, with their state. */
  readonly notRunning: Readonly<Record<string, string>>;
  /** Those of the wanted packages that are installed. */
  readonly packages: readonly string[];
  readonly installedByCroft: readonly string[];
  /** A deploy that was neither confirmed nor undone. */
  readonly isPending: boolean;
  /** Whether a deploy is at work now. */
  readonly isBusy: boolean;
  /** Free room for generations, in KiB. */
  readonly room: number;
}

/** Reads what the device's script said. @throws CroftError where it did not say all of it */
export function parseFacts(text: string, host: string): Facts {
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
  const all = (key: string): string[][] =>
    lines.filter(([first]) => first === key).map(([, ...rest]) => rest);
  const first = (key: string): string | undefined => all(key)[0]?.[0];
  refuse(lines, host);
  const equal = first("equal");
  const description = first("description");
  return {
    equal: equal !== undefined,
    generation: Number(equal ?? first("generation") ?? 0),
    latest: Number(first("latest") ?? 0),
    ...(description === undefined
      ? {}
      : { current: decodeGeneration(decodeBase64(description), `host \`${host}\``) }),
    secrets: Object.fromEntries(all("secret").map(([value = ""]) => secretFact(value))),
    secretsMissing: all("secrets-missing").length > 0,
    contents: parseContents(decodeBase64(first("contents") ?? "")),
    paths: Object.fromEntries(
      all("path").map(([path = "", kind = "", kept = "", ...content]) => [
        path,
        pathFact(kind, kept, content),
      ]),
    ),
    notRunning: Object.fromEntries(all("not-running").map(([name = "", state = ""]) => [name, state])),
    packages: all("package").flat(),
    installedByCroft: all("installed-by-croft").flat(),
    isPending: all("pending").length > 0,
    isBusy: all("busy").length > 0,
    room: Number(first("room") ?? 0),
  };
}

const complete = ["end", "equal", "busy"];

function refuse(lines: readonly string[][], host: string): void {
  const said = (key: string): boolean => lines.some(([first]) => first === key);
  if (said("not-root")) {
    throw new CroftError(
      "not-root",
      `the login of host \`${host}\` is not root and may not become root with sudo`,
      {
        hint: "write `root@…`, or allow the user `sudo` without a password",
      },
    );
  }
  if (said("no-systemd")) throw new CroftError("no-systemd", `host \`${host}\` has no systemd`);
  if (!complete.some(said))
    throw new CroftError("device-silent", `host \`${host}\` did not answer as Croft's script does`);
}

function secretFact(value: string): [string, SecretFact] {
  const [mount = "", revision = "", ...place] = value.split(" ");
  return [mount, { revision, place: place.join(" ") }];
}

function pathFact(kind: string, kept: string, content: readonly string[]): PathFact {
  const known = (["absent", "file", "link", "directory"] as const).find((each) => each === kind);
  return { kind: known ?? "other", kept: kept === "original", content: content.join("\t") };
}

/** Lines of sha256sum; names that hold a backslash are escaped. */
function parseContents(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const escaped = line.startsWith("\\");
      const plain = escaped ? line.slice(1) : line;
      const path = plain.slice(66);
      return [plain.slice(0, 64), escaped ? path.replaceAll("\\\\", "\\") : path];
    }),
  );
}

const decodeBase64 = (text: string): string => Buffer.from(text, "base64").toString();
