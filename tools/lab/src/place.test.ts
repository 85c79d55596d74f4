import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makePrivateFolder } from "./place.ts";

test("a lab's folder is nobody else's", async (t) => {
  const outer = await mkdtemp(join(tmpdir(), "croft-lab-place-"));
  t.after(() => rm(outer, { recursive: true }));
  const folder = join(outer, "lab");
  makePrivateFolder(folder);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  await chmod(folder, 0o777);
  assert.throws(() => makePrivateFolder(folder), {
    message:
      `folder \`${folder}\` could have been prepared by somebody else\n` +
      "  hint: set CROFT_LAB to a folder that only you can write to",
  });
});
