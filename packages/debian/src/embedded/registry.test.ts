import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { register, runningHosts } from "./registry.ts";

test("what a clone that is gone left in memory is wiped; what a clone that stopped left stays", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "croft-registry-"));
  t.after(() => rm(folder, { recursive: true }));
  const base = join(folder, "croft-0");
  for (const [key, clone] of [
    ["gone", join(folder, "no such clone")],
    ["there", folder],
  ] as const) {
    const run = join(base, key, "barn");
    await mkdir(join(run, "secrets.1"), { recursive: true });
    await writeFile(join(run, "secrets.1", "key"), "in clear");
    await register(run, { clone, host: "barn", ports: [7080] });
  }
  assert.deepEqual(await runningHosts(base), []);
  assert.deepEqual(await readdir(base), ["there"]);
});
