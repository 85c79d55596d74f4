import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, type RunResult } from "@croft/process";
import { quoteWord } from "@croft/remote";
import { copyRepository } from "@croft/workspace";
import { processesOf } from "./processes.ts";

/** How to run a command in a clone. */
export interface CommandOptions {
  /** Added to the clone's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Runs it in a terminal of its own, where Nx and Croft behave as before a person. */
  readonly terminal?: boolean;
}

/** What a command ended with, and all that it printed, in the order in which it came. */
export interface Ended extends RunResult {
  readonly text: string;
}

/** A fresh clone of this repository, with a home folder of its own and nothing of the environment of this run. */
export interface Clone extends AsyncDisposable {
  readonly folder: string;
  /** Where its user's home is, which is not this user's. */
  readonly home: string;
  /** Runs one line as a person would type it into a shell in the clone. */
  sh(line: string, options?: CommandOptions): Promise<Ended>;
  /** Runs Nx with these arguments. */
  nx(args: string, options?: CommandOptions): Promise<Ended>;
  /** Runs the command `croft` with these arguments. */
  croft(args: string, options?: CommandOptions): Promise<Ended>;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Replaces the one place where `from` stands in a file. */
  edit(path: string, from: string, to: string): void;
  /** What git has to say of the work tree: nothing, when it is as committed. */
  status(): Promise<string>;
  /** Commits the work tree as it is. */
  commit(): Promise<void>;
  /** Brings the work tree back to what was committed, and removes new files. */
  restore(): Promise<void>;
}

/** Where the clone's commands run. */
interface CloneOptions {
  /** Wraps every command, for instance to run it in another network namespace. */
  readonly enter?: (command: readonly string[]) => readonly string[];
  /** The environment of every command, beside what each clone has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Makes a clone. Disposing of it stops what runs in it and removes it. */
export async function openClone({
  enter = (command) => command,
  env = {},
}: CloneOptions = {}): Promise<Clone> {
  const copy = await copyRepository();
  const { folder } = copy;
  const home = `${folder}.home`;
  mkdirSync(home);
  const person = personOf(home);
  // What `npx` does, without the half second that it takes.
  const tools = { ...person, PATH: [join(folder, "node_modules/.bin"), person.PATH].join(delimiter) };

  const inClone = async (
    words: readonly string[],
    base: Readonly<Record<string, string>>,
    options: CommandOptions = {},
  ): Promise<Ended> => {
    const { input, env: more = {}, terminal = false } = options;
    const pairs = Object.entries({ ...base, ...env, ...more }).map(([name, value]) => `${name}=${value}`);
    const asked = terminal ? ["script", "-qefc", words.map(quoteWord).join(" "), "/dev/null"] : words;
    const [program = "", ...args] = enter(["env", "-i", ...pairs, ...asked]);
    let text = "";
    const note = (more: string): void => void (text += more);
    const cwd = folder;
    const result = await run([program, ...args], {
      ...{ cwd, onStdout: note, onStderr: note, timeoutSeconds: 240 },
      ...(input === undefined ? {} : { input }),
    });
    return { ...result, text };
  };
  const git = async (...args: string[]): Promise<string> => {
    const identity = ["-c", "user.name=e2e", "-c", "user.email=e2e@home.arpa"];
    const { code, stdout, stderr } = await run(["git", ...identity, ...args], { cwd: folder });
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  const commit = async (): Promise<void> => {
    await git("add", "-A");
    await git("commit", "-qm", "Keep");
  };
  await git("init", "-q");
  await commit();

  const read = (path: string): string => readFileSync(join(folder, path), "utf8");
  const clone: Clone = {
    folder,
    home,
    sh: (line, options) => inClone(["sh", "-c", line], person, options),
    nx: (args, options) => inClone(["nx", ...words(args)], tools, options),
    croft: (args, options) => inClone(["node", "packages/cli/croft.js", ...words(args)], tools, options),
    read,
    write: (path, text) => {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    edit: (path, from, to) => {
      const [before, after, ...more] = read(path).split(from);
      if (before === undefined || after === undefined || more.length > 0) {
        throw new Error(`\`${from}\` does not stand once in ${path}`);
      }
      writeFileSync(join(folder, path), before + to + after);
    },
    status: () => git("status", "--porcelain"),
    commit,
    restore: async () => {
      await git("checkout", "-q", "--", ".");
      await git("clean", "-qfd");
    },
    [Symbol.asyncDispose]: async () => {
      await clone.restore().catch(() => undefined);
      await clone.nx("run-many -t stop").catch(() => undefined);
      // A clone's folder has a name that no other process mentions.
      for (const { pid } of processesOf(folder)) endIfThere(pid);
      await copy[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return clone;
}

/** The ports of a clone's hosts, as their files say, in the order of names. */
export function portsOf({ folder, read }: Clone): Readonly<Record<string, number>> {
  const hosts = readdirSync(join(folder, "hosts"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return Object.fromEntries(
    hosts.flatMap(({ name }) => {
      const port = /\bport: (\d+)/u.exec(read(`hosts/${name}/host.ts`))?.[1];
      return port === undefined ? [] : [[name, Number(port)]];
    }),
  );
}

/** A person who has just logged in: nothing of this run, which is a task of Nx itself. */
function personOf(home: string): Readonly<Record<string, string>> & { readonly PATH: string } {
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((part) => !part.includes("node_modules"));
  const { XDG_RUNTIME_DIR: memory, TMPDIR: temporary } = process.env;
  return {
    PATH: path.join(delimiter),
    HOME: home,
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    ...(memory === undefined ? {} : { XDG_RUNTIME_DIR: memory }),
    ...(temporary === undefined ? {} : { TMPDIR: temporary }),
  };
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}

const words = (args: string): readonly string[] => args.split(" ").filter((word) => word !== "");
