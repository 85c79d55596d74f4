import { diskSources, type Evaluation, evaluateFleet } from "@croft/evaluator";
import { loadFleet } from "./load.ts";

/** A repository whose hosts are loaded and evaluated as far as they are read. */
export interface Fleet {
  /** The absolute folder of the repository. */
  readonly root: string;
  readonly evaluation: Evaluation;
}

/** Loads and evaluates the hosts of the repository at `root`. Broken hosts are errors where they are read. */
export async function openFleet(root: string): Promise<Fleet> {
  const { hosts, fleet } = await loadFleet(root);
  return { root, evaluation: evaluateFleet({ hosts, fleet, sources: diskSources(root) }) };
}
