import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { asRoot, localConnection } from "./index.ts";

/** This machine with an `id` and a `sudo` of the test's own. */
async function machine(t: TestContext, uid: number, sudo: string) {
  const folder = await mkdtemp(join(tmpdir(), "croft-elevate-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "id"), `#!/bin/sh\necho ${uid}\n`, { mode: 0o755 });
  await writeFile(join(folder, "sudo"), `#!/bin/sh\n${sudo}\n`, { mode: 0o755 });
  return localConnection({ PATH: `${folder}:${process.env["PATH"] ?? ""}` });
}

const script = `printf '<%s>' "$@"`;

test("root runs a script as it is", async (t) => {
  const { stdout } = await (await machine(t, 0, "exit 9")).run(asRoot(script, ["a b", "$HOME"]));
  assert.equal(stdout, "<a b><$HOME>");
});

test("another login runs it with sudo, which asks nothing", async (t) => {
  const sudo = `printf 'sudo %s: ' "$1"; shift; exec "$@"`;
  const { stdout } = await (await machine(t, 1000, sudo)).run(asRoot(script, ["a b", "$HOME"]));
  assert.equal(stdout, "sudo -n: <a b><$HOME>");
});
