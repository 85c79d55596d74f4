import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeRuntimeFolder, runtimeBase } from "./runtime-folder.ts";

test("a memory folder that somebody else put there is neither read nor written", async (t) => {
  const shared = await mkdtemp("/dev/shm/croft-test-");
  t.after(() => rm(shared, { recursive: true }));
  const env = { XDG_RUNTIME_DIR: shared };
  const base = await runtimeBase(env);
  await mkdir(join(shared, "theirs"));
  await symlink(join(shared, "theirs"), base);
  const refusal = {
    code: "foreign-memory-folder",
    message: `\`${base}\` belongs to somebody else\n  hint: set XDG_RUNTIME_DIR to a folder of your own`,
  };
  await assert.rejects(runtimeBase(env), refusal);
  await assert.rejects(makeRuntimeFolder(base, join(base, "clone", "barn")), refusal);
  assert.deepEqual(await readdir(join(shared, "theirs")), []);
});
