import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PostTasksExecution, PreTasksExecution } from "@nx/devkit";

/**
 * How what a person must see gets past Nx, which hides the output of tasks that succeed.
 *
 * Nx runs hosts' tasks in a process of its own, whose output it shows in some modes and not in others. So that
 * process writes its report to a file, and the hook below prints the file when Nx has said its last word. With Nx's
 * daemon on, hooks run in the daemon, which has no terminal: then the task's own output is the way, and Nx's terminal
 * UI, which would swallow it, is turned off for the run.
 */
interface ReportRoute {
  /** The file to add the report to; without one it is printed to standard output. */
  readonly file?: string;
  readonly color: boolean;
  readonly width: number;
}

const variable = "CROFT_REPORT";

const plain: ReportRoute = { color: false, width: 80 };

/** The route that this run's hook has laid; plain standard output when there is none. */
export function reportRoute(env: NodeJS.ProcessEnv = process.env): ReportRoute {
  const text = env[variable];
  return text === undefined ? plain : { ...plain, ...JSON.parse(text) };
}

/** Reports `text` to the person who started this run. */
export function report(text: string, { file }: ReportRoute = reportRoute()): void {
  if (file === undefined) process.stdout.write(text);
  else appendFileSync(file, text);
}

const onDaemon = (): boolean => "NX_DAEMON" in globalThis;

const wantsColor = (env: NodeJS.ProcessEnv): boolean =>
  process.stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";

/** Lays the route before the tasks of a run start: what it sets is environment of Nx itself and of its tasks. */
export const preTasksExecution: PreTasksExecution = (_options, { workspaceRoot }) => {
  if (onDaemon()) {
    process.env["NX_TUI"] = "false";
    process.env["NX_TASKS_RUNNER_DYNAMIC_OUTPUT"] = "false";
    process.env[variable] = JSON.stringify(plain);
    return;
  }
  const folder = join(workspaceRoot, ".croft", "reports");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `nx-${process.pid}.txt`);
  const route: ReportRoute = {
    file,
    color: wantsColor(process.env),
    width: process.stdout.columns ?? plain.width,
  };
  rmSync(file, { force: true });
  process.env[variable] = JSON.stringify(route);
};

/** Prints what the tasks of this run reported. */
export const postTasksExecution: PostTasksExecution = () => {
  const { file } = reportRoute();
  if (onDaemon() || file === undefined) return;
  try {
    process.stdout.write(readFileSync(file, "utf8"));
    rmSync(file);
  } catch {
    // No task of this run had anything to report.
  }
};
