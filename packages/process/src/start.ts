import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { describeSpawnProblem } from "./spawn-problem.ts";

/** How to start a program that is not waited for. */
export interface StartOptions {
  readonly cwd?: string;
  /** Added to the environment of this process, or the whole of it when `cleanEnv` is set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cleanEnv?: boolean;
  /** Standard output and error are appended here; they are dropped otherwise. */
  readonly logFile?: string;
  /** In a session of its own, so that it outlives this process and its terminal. */
  readonly detached?: boolean;
  /** Called once when the program ends while this process still lives. */
  readonly onExit?: (end: { readonly code: number; readonly signal?: string }) => void;
}

/** A started program: its process id, which is also its group's when it is detached. */
export interface Started {
  readonly pid: number;
}

/** Starts a program without a shell and returns when it runs; a program that is not there is a `CroftError`. */
export function start(command: readonly [string, ...string[]], options: StartOptions = {}): Promise<Started> {
  const [program, ...args] = command;
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, "a", 0o640);
  const detached = options.detached ?? false;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.cleanEnv === true ? { ...options.env } : { ...process.env, ...options.env },
      stdio: ["ignore", log ?? "ignore", log ?? "ignore"],
      detached,
      windowsHide: true,
    });
    if (log !== undefined) closeSync(log);
    child.once("error", (cause) => void describeSpawnProblem(program, options.cwd, cause).then(reject));
    child.once("spawn", () => {
      if (detached) child.unref();
      // `pid` is set once the program runs; -1 cannot be met.
      resolve({ pid: child.pid ?? -1 });
    });
    child.once("exit", (code, signal) =>
      options.onExit?.({ code: code ?? -1, ...(signal === null ? {} : { signal }) }),
    );
  });
}
