import assert from "node:assert/strict";
import { test } from "node:test";
import { importGraph } from "./graph.ts";
import { forbiddenImports } from "./layers.ts";
import type { ImportGraph } from "./layers.ts";
import { repositoryFiles, textOf } from "./repository.ts";

const graphOf = (from: string, to: string): ImportGraph => ({
  layerOf: new Map([
    ["lower", from],
    ["upper", to],
  ]),
  imports: [{ from: "lower", to: "upper" }],
});

test("imports point up, and within a layer", () => {
  for (const [from, to] of [
    ["domain", "core"],
    ["core", "core"],
    ["host", "content"],
    ["tool", "root"],
  ] as const)
    assert.deepEqual(forbiddenImports(graphOf(from, to)), []);
});

test("an import that points down is forbidden", () => {
  assert.deepEqual(forbiddenImports(graphOf("core", "domain")), ["`lower` (core) imports `upper` (domain)"]);
});

test("content and root do not see each other", () => {
  assert.equal(forbiddenImports(graphOf("root", "content")).length, 1);
  assert.equal(forbiddenImports(graphOf("content", "root")).length, 1);
});

test("no platform imports another", () => {
  assert.equal(forbiddenImports(graphOf("platform", "platform")).length, 1);
});

test("a project without a layer is forbidden", () => {
  assert.deepEqual(forbiddenImports(graphOf("none", "core")), [
    "`lower` (none) imports `upper` (core): no such layer",
  ]);
});

test("every import of this repository points up", async () => {
  const graph = await importGraph();
  assert.ok(graph.imports.length > 30, `the graph has ${graph.imports.length} edges only: is it empty?`);
  assert.ok(
    graph.imports.some(({ from, to }) => from === "netsrv" && to === "evaluator"),
    "the graph lacks an edge that is known to be there",
  );
  assert.deepEqual(forbiddenImports(graph), []);
});

const sources = async (folder: string): Promise<string[]> =>
  (await repositoryFiles()).filter((path) => path.startsWith(folder) && path.endsWith(".ts"));

test("under packages, process alone starts programs", async () => {
  const starters = /["'](?:node:)?(?:child_process|cluster|worker_threads)["']/u;
  const others = (await sources("packages/")).filter((path) => !path.startsWith("packages/process/"));
  assert.ok(others.length > 50);
  assert.deepEqual(
    others.filter((path) => starters.test(textOf(path))),
    [],
  );
});

test("a library reaches for nothing outside its own folder, hosts and secrets least of all", async () => {
  const climbs = [];
  for (const path of (await sources("packages/")).filter((each) => !each.endsWith(".test.ts"))) {
    const own = path.split("/").slice(0, 2).join("/");
    for (const [, relative = ""] of textOf(path).matchAll(/["'`](\.\.\/[^"'`\n]*)["'`]/gu)) {
      const target = new URL(relative, `file:///${path}`).pathname.slice(1);
      if (!`${target}/`.startsWith(`${own}/`)) climbs.push(`${path}: ${relative}`);
    }
  }
  assert.deepEqual(climbs, []);
});

test("a library is told where the repository is: the command line alone looks", async () => {
  const looking = (await sources("packages/")).filter(
    (path) =>
      !path.startsWith("packages/cli/") &&
      !path.endsWith(".test.ts") &&
      textOf(path).includes("process.cwd()"),
  );
  assert.deepEqual(looking, []);
});
