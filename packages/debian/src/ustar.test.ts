import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "@croft/process";
import { tar } from "./ustar.ts";

test("tar reads what was written, whatever the names are", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "croft-tar-"));
  t.after(() => rm(folder, { recursive: true }));
  const paths = [
    "a",
    "b c/d",
    "ä/ö",
    `${"long/".repeat(30)}name`,
    `${"x".repeat(99)}`,
    `${"y".repeat(100)}`,
    `${"z".repeat(101)}`,
    "it's\\x2d.mount",
  ];
  const files = paths.map((path, index) => ({
    path,
    content: new TextEncoder().encode("x".repeat(index * 200)),
  }));
  const result = await run(["tar", "-xf", "-", "-C", folder], { input: tar(files) });
  assert.deepEqual(result, { code: 0, stdout: "", stderr: "" });
  for (const { path, content } of files)
    assert.equal((await readFile(join(folder, path))).length, content.length);
  assert.equal((await readdir(folder)).length, 8);
});

test("the same files give the same bytes", () => {
  const files = [{ path: "a", content: new Uint8Array(3) }];
  assert.deepEqual(tar(files), tar(files));
});
