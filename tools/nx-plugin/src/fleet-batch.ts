import * as fleet from "@croft/fleet";
import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { watchForEarlyEnd } from "./early-end.ts";
import { runFleetTasks } from "./fleet-tasks.ts";
import type { FleetTask, TaskEnd } from "./fleet-tasks.ts";
import { report, reportRoute } from "./report.ts";

/** Does tasks with the real fleet, and reports as this run of Nx wants it. */
export async function* runTasksHere(root: string, tasks: readonly FleetTask[]): AsyncGenerator<TaskEnd> {
  const done = watchForEarlyEnd(root, report);
  const { color, width } = reportRoute();
  try {
    yield* runFleetTasks(fleet, tasks, { root, color, width, report });
  } finally {
    done();
  }
}

/** What Nx calls for all hosts' tasks of a run that can go together: one process, one evaluation. */
export default function fleetBatch(
  graph: TaskGraph,
  options: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  _overrides: unknown,
  context: ExecutorContext,
): AsyncGenerator<TaskEnd> {
  const tasks = Object.values(graph.tasks).map(({ id, target }) => ({
    id,
    project: target.project,
    options: options[id] ?? {},
  }));
  return runTasksHere(context.root, tasks);
}
