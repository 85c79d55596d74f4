import type { ExecutorContext } from "@nx/devkit";
import { runTasksHere } from "./fleet-batch.ts";

/** One task in a process of its own, for a person who turns batches off. */
export default async function fleetTask(
  options: Readonly<Record<string, unknown>>,
  { root, projectName: project = "", targetName = "" }: ExecutorContext,
): Promise<{ success: boolean }> {
  let success = true;
  for await (const { result } of runTasksHere(root, [{ id: `${project}:${targetName}`, project, options }])) {
    if (!result.success) process.stderr.write(result.terminalOutput);
    success = result.success;
  }
  return { success };
}
