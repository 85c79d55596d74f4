import type { ExecutorContext } from "@nx/devkit";
import fleetBatch from "./fleet-batch.ts";

/** One host's task in a process of its own, for a person who turns batches off. */
export default async function fleetTask(
  options: Readonly<Record<string, unknown>>,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const project = context.projectName ?? "";
  const target = context.targetName ?? "";
  const id = `${project}:${target}`;
  const task = { id, target: { project, target }, overrides: {}, outputs: [], parallelism: true };
  const graph = { roots: [id], tasks: { [id]: task }, dependencies: {}, continuousDependencies: {} };
  let success = true;
  for await (const { result } of fleetBatch(graph, { [id]: options }, {}, context)) {
    if (!result.success) process.stderr.write(result.terminalOutput);
    success = result.success;
  }
  return { success };
}
