/** The part of a service's unit file that an embedded host understands. */
export interface ServiceFile {
  /** The words after `/usr/bin/node`: our bundled program and its arguments. */
  readonly program: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly stateDirectories: readonly string[];
  readonly configurationDirectories: readonly string[];
  readonly runtimeDirectories: readonly string[];
  readonly cacheDirectories: readonly string[];
  /** Files that the program reads below $CREDENTIALS_DIRECTORY, by name. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly restart: "always" | "on-failure" | "no";
  readonly restartSeconds: number;
  readonly workingDirectory: string | undefined;
}

/** Reads the text of a unit file; `undefined` where its command is not Node software of this repository. */
export function parseServiceFile(text: string): ServiceFile | undefined {
  const all = directives(text);
  const last = (name: string): string | undefined => all.get(name)?.at(-1);
  const list = (name: string): readonly string[] => (all.get(name) ?? []).flatMap((value) => words(value));
  const [command, program, ...args] = words(last("ExecStart") ?? "").map((word) =>
    word.replaceAll("$$", "$"),
  );
  if (
    command !== "/usr/bin/node" ||
    program === undefined ||
    !/^\/var\/lib\/croft\/current\/programs\/[^/]+\.mjs$/.test(program)
  ) {
    return undefined;
  }
  return {
    program: [program, ...args],
    environment: Object.fromEntries(list("Environment").map((word) => split(word, "="))),
    stateDirectories: list("StateDirectory"),
    configurationDirectories: list("ConfigurationDirectory"),
    runtimeDirectories: list("RuntimeDirectory"),
    cacheDirectories: list("CacheDirectory"),
    credentials: Object.fromEntries((all.get("LoadCredential") ?? []).map((value) => split(value, ":"))),
    restart: restartOf(last("Restart")),
    restartSeconds: Number(/^\d+(\.\d+)?/.exec(last("RestartSec") ?? "")?.[0] ?? 0.1),
    workingDirectory: last("WorkingDirectory"),
  };
}

function restartOf(value: string | undefined): ServiceFile["restart"] {
  if (value === undefined || value === "no") return "no";
  return value === "always" ? "always" : "on-failure";
}

/** The directives of all sections; an empty value forgets those before it, as systemd has it. */
function directives(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const line of text.replaceAll("\\\n", " ").split("\n")) {
    const match = /^([A-Za-z]+)=(.*)$/.exec(line);
    const [name, value] = [match?.[1], match?.[2]];
    if (name !== undefined && value !== undefined)
      found.set(name, value === "" ? [] : [...(found.get(name) ?? []), value]);
  }
  return found;
}

/** The words of a value, unquoted and unescaped as systemd.syntax(7) says; `%%` is a percent sign. */
function words(value: string): string[] {
  const found = value.match(/(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'])+/g) ?? [];
  return found.map((word) =>
    unescaped(
      word.replaceAll(
        /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'/g,
        (_, double?: string, single?: string) => double ?? single ?? "",
      ),
    ),
  );
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", s: " " };

const unescaped = (word: string): string =>
  word.replaceAll(/\\(.)/g, (_, character: string) => escapes[character] ?? character).replaceAll("%%", "%");

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index === -1 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
