import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run, start } from "./index.ts";

const node = process.execPath;

test("output, input and exit status come back together", async () => {
  const result = await run(["sh", "-c", "cat; echo oops >&2; exit 3"], { input: "hello" });
  assert.deepEqual(result, { code: 3, stdout: "hello", stderr: "oops\n" });
});

test("a program that does not read its input is no error", async () => {
  assert.equal((await run(["true"], { input: "x".repeat(1_000_000) })).code, 0);
});

test("a missing program says what to install", async () => {
  await assert.rejects(run(["no-such-program"]), {
    message:
      "program `no-such-program` cannot be started: not found\n  hint: install `no-such-program`, or add its folder to PATH",
  });
});

test("a program that takes too long is killed", async () => {
  const result = await run(["sleep", "60"], { timeoutSeconds: 0.05 });
  assert.deepEqual(result, { code: -1, signal: "SIGKILL", stdout: "", stderr: "" });
});

test("a detached program leads a session of its own and logs to a file", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "croft-process-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const logFile = join(folder, "log");
  const ended = Promise.withResolvers<number>();
  const { pid } = await start(["sh", "-c", "ps -o sid= -p $$; echo done"], {
    detached: true,
    logFile,
    onExit: ({ code }) => ended.resolve(code),
  });
  // An unreferenced child does not keep this process alive.
  const alive = setInterval(() => undefined, 1000);
  assert.equal(await ended.promise, 0);
  clearInterval(alive);
  assert.equal(await readFile(logFile, "utf8").then((text) => text.replaceAll(" ", "")), `${pid}\ndone\n`);
});

test("a missing program cannot be started either", async () => {
  await assert.rejects(start(["no-such-program"]), { code: "program-missing" });
});

test("the environment can be a clean one", async () => {
  const done = Promise.withResolvers<number>();
  await start(
    [node, "-e", "process.exit(Object.keys(process.env).filter((k) => !k.startsWith('__')).length)"],
    {
      cleanEnv: true,
      env: { ONE: "1" },
      onExit: ({ code }) => done.resolve(code),
    },
  );
  assert.equal(await done.promise, 1);
});
