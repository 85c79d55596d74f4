import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { repositoryFiles, root as repository, textOf } from "@croft/workspace";
import { inferProject } from "./projects.ts";

const workspace = mkdtempSync(join(tmpdir(), "croft-projects-"));
after(() => rmSync(workspace, { recursive: true }));

for (const path of [
  "hosts/barn/host.ts",
  "apps/notes/package.json",
  "apps/notes/src/main.ts",
  "apps/radicale/package.json",
  "packages/plan/package.json",
  "packages/plan/src/plan.test.ts",
  "tools/bench/src/plan.bench.ts",
]) {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  const text = path.endsWith(".json") ? '{ "croft": { "layer": "core" } }' : "throw new Error('imported')";
  writeFileSync(join(workspace, path), `${text}\n`);
}

const targetsOf = (file: string): string[] => Object.keys(inferProject(workspace, file).targets);

test("a project is named after its folder", () => {
  const { root, name, tags } = inferProject(workspace, "hosts/barn/host.ts");
  assert.deepEqual({ root, name, tags }, { root: "hosts/barn", name: "barn", tags: ["layer:host"] });
});

test("a project's layer is the one that its package.json names", () => {
  assert.deepEqual(inferProject(workspace, "packages/plan/package.json").tags, ["layer:core"]);
});

test("a host is built, planned, deployed, asked and stopped", () => {
  assert.deepEqual(targetsOf("hosts/barn/host.ts"), ["build", "plan", "deploy", "status", "stop"]);
});

test("only builds and tests are cached", () => {
  const { targets } = inferProject(workspace, "hosts/barn/host.ts");
  assert.deepEqual(
    Object.entries(targets).map(([name, target]) => [name, target.cache]),
    [
      ["build", true],
      ["plan", false],
      ["deploy", false],
      ["status", false],
      ["stop", false],
    ],
  );
});

test("a deploy and a plan wait for the build of their host and no other", () => {
  const { targets } = inferProject(workspace, "hosts/barn/host.ts");
  assert.deepEqual([targets["deploy"]?.dependsOn, targets["plan"]?.dependsOn], [["build"], ["build"]]);
});

test("an app is built when it has software of its own", () => {
  assert.deepEqual(targetsOf("apps/notes/package.json"), ["build"]);
  assert.deepEqual(targetsOf("apps/radicale/package.json"), []);
});

test("tests and benchmarks are targets where there are some", () => {
  assert.deepEqual(targetsOf("packages/plan/package.json"), ["test", "bench"]);
});

test("tests that can be skipped are not cached, since what they miss may be installed later", async () => {
  const canSkip = /\{ skip\b|\bt\.skip\(/u;
  const files = await repositoryFiles();
  const projects = files.filter((path) => /^(?:apps|packages|tools)\/[^/]+\/package\.json$/u.test(path));
  for (const project of projects) {
    const tests = files.filter(
      (path) => path.startsWith(`${dirname(project)}/`) && path.endsWith(".test.ts"),
    );
    const skipping = tests.filter((path) => canSkip.test(textOf(path)));
    const { cache } = inferProject(repository, project).targets["test"] ?? { cache: true };
    if (skipping.length > 0)
      assert.equal(cache, false, `${project} needs \`testsAskMachine\` for ${skipping[0]}`);
  }
});

test("what stands anywhere in the repository can be an asset of a host", () => {
  const { targets } = inferProject(workspace, "hosts/barn/host.ts");
  for (const target of ["build", "plan", "deploy"]) {
    assert.deepEqual(targets[target]?.inputs, ["{workspaceRoot}/**/*", "!{workspaceRoot}/hosts/index.ts"]);
  }
});
