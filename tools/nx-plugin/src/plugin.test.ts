import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "@croft/process";

const plugin = fileURLToPath(new URL("../plugin.js", import.meta.url));

test("a Node that cannot strip types is told so in one line, with the way out", async () => {
  const { code, stderr } = await run([process.execPath, "--no-experimental-strip-types", plugin]);
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `node ${process.versions.node} cannot run Croft: type \`npx nx …\`, which takes this repository's Node 24\n`,
  );
});

test("what Nx loads is the whole plugin", async () => {
  const loaded: Record<string, unknown> = await import(plugin);
  assert.deepEqual(Object.keys(loaded).sort(), [
    "createNodes",
    "name",
    "postTasksExecution",
    "preTasksExecution",
  ]);
});
