import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@croft/process";

/** The folder of this repository. */
export const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/u, "");

/** Every file that is committed or could be, sorted, relative to the root. */
export async function repositoryFiles(): Promise<string[]> {
  const git = [
    "git",
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "--deduplicate",
    "-z",
  ] as const;
  const [all, deleted] = await Promise.all([
    run(git, { cwd: root }),
    run(["git", "ls-files", "--deleted", "-z"], { cwd: root }),
  ]);
  if (all.code !== 0) throw new Error(all.stderr);
  const gone = new Set(deleted.stdout.split("\0"));
  return all.stdout
    .split("\0")
    .filter((path) => path !== "" && !gone.has(path))
    .sort();
}

/** The text of a file of the repository. */
export const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
