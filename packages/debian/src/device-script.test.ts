import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "@croft/process";
import { deviceScript } from "./script.ts";

test("the device's script is plain shell that dash reads", async () => {
  assert.deepEqual(await run(["sh", "-n"], { input: deviceScript }), { code: 0, stdout: "", stderr: "" });
});

test("it fits into one argument of a command", () => {
  assert.ok(Buffer.byteLength(deviceScript) < 128 * 1024, "MAX_ARG_STRLEN of Linux");
});

const shellcheck = await run(["shellcheck", "--version"]).catch(() => undefined);

test(
  "shellcheck finds nothing in it",
  { skip: shellcheck === undefined && "shellcheck is not installed" },
  async () => {
    // SC2016: single quotes keep what a detached shell expands later.
    const { stdout } = await run(["shellcheck", "-s", "dash", "-e", "SC2016", "-"], { input: deviceScript });
    assert.equal(stdout, "");
  },
);
