import * as fleet from "@croft/fleet";
import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { runFleetTasks } from "./fleet-tasks.ts";
import type { TaskEnd } from "./fleet-tasks.ts";
import { report, reportRoute } from "./report.ts";

/** What Nx calls for all hosts' tasks of a run that can go together: one process, one evaluation. */
export default function fleetBatch(
  graph: TaskGraph,
  options: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  _overrides: unknown,
  context: ExecutorContext,
): AsyncGenerator<TaskEnd> {
  const tasks = Object.values(graph.tasks).map(({ id, target }) => ({
    id,
    host: target.project,
    options: options[id] ?? {},
  }));
  const { color, width } = reportRoute();
  return runFleetTasks(fleet, tasks, { root: context.root, color, width, report });
}
