import { spawn } from "node:child_process";
import { describeSpawnProblem } from "./spawn-problem.ts";

/** What a finished program left behind. */
export interface RunResult {
  /** Exit status; 128 + signal number is not imitated: a killed program has code -1 and a `signal`. */
  readonly code: number;
  readonly signal?: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program to its end. */
export interface RunOptions {
  /** Bytes for standard input, which is empty otherwise. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The program is killed after this time; its `signal` is then `SIGKILL`. */
  readonly timeoutSeconds?: number;
  /** Sees standard output as it comes, beside its being collected. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
}

/**
 * Runs a program to its end without a shell, and collects its output as UTF-8.
 * A non-zero exit is a result, not an exception; a program that is not there is a `CroftError`.
 */
export async function run(
  command: readonly [string, ...string[]],
  options: RunOptions = {},
): Promise<RunResult> {
  const [program, ...args] = command;
  const { promise, resolve, reject } = Promise.withResolvers<RunResult>();
  const child = spawn(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    options.onStdout?.(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
    options.onStderr?.(text);
  });
  // A program may end without reading all of its input; its exit status tells the story then.
  child.stdin.on("error", () => undefined);
  const timer =
    options.timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => child.kill("SIGKILL"), options.timeoutSeconds * 1000);
  child.on("error", (cause) => {
    clearTimeout(timer);
    void describeSpawnProblem(program, options.cwd, cause).then(reject);
  });
  child.on("close", (code, signal) => {
    clearTimeout(timer);
    resolve({ code: code ?? -1, ...(signal === null ? {} : { signal }), ...output });
  });
  child.stdin.end(options.input ?? "");
  return promise;
}
