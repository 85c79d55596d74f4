/** `node count-tests.ts <status>`: sums dist/tests/*.json, after a test command that ended with that status. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./repository.ts";
import { showCounts, sumOf } from "./tests.ts";
import type { TestCounts } from "./tests.ts";

const status = process.argv[2] ?? "0";
const counts = globSync("dist/tests/*.json", { cwd: root }).map((path): TestCounts => {
  const text = readFileSync(join(root, path), "utf8");
  return text.trim() === "" ? { passed: 0, failed: 1, skipped: 0 } : JSON.parse(text);
});
process.stdout.write(showCounts(sumOf(counts, status !== "0")));
