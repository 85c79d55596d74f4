import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CroftError } from "@croft/evaluator";

/** The folder of the repository that `folder` lies in. */
export function findWorkspace(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "nx.json")) && existsSync(join(at, "hosts"))) return at;
    if (dirname(at) === at) break;
  }
  throw new CroftError("no-workspace", "this is not a repository of Croft", {
    at: [folder],
    hint: "run it in the folder that holds `nx.json` and `hosts`, or below",
  });
}
