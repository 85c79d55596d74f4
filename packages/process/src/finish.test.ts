import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run, type RunResult } from "./index.ts";

/** Runs a program whose work is `work`, in a folder of its own. */
async function finished(
  t: TestContext,
  work: string,
  onStdout: (text: string) => void = () => undefined,
): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), "croft-finish-"));
  t.after(() => rm(folder, { recursive: true }));
  const library = JSON.stringify(new URL("finish.ts", import.meta.url).href);
  await writeFile(
    join(folder, "program.mjs"),
    `import { finish } from ${library};\nawait finish("the work", process.cwd(), async () => {\n  ${work}\n});\n`,
  );
  return run([process.execPath, "program.mjs"], { cwd: folder, onStdout });
}

test("work that is done ends as it likes", async (t) => {
  assert.deepEqual(await finished(t, 'console.log("done");'), { code: 0, stdout: "done\n", stderr: "" });
});

test("a program that ends with 0 in the middle of its work does not, and says where", async (t) => {
  assert.deepEqual(await finished(t, "process.exit(0);"), {
    code: 1,
    stdout: "",
    stderr:
      "the work ended before its work was done\n  at program.mjs:3:11\n  hint: throw an error there instead of calling `process.exit`\n",
  });
});

test("another exit code stays", async (t) => {
  assert.equal((await finished(t, "process.exit(3);")).code, 3);
});

test("work that waits for what never comes is told as well", async (t) => {
  const { code, stderr } = await finished(t, "await new Promise(() => undefined);");
  assert.notEqual(code, 0);
  assert.match(stderr, /^the work ended before its work was done$/m);
});

test("work that a person interrupts says so", async (t) => {
  const interrupted =
    "process.stdout.write(String(process.pid)); await new Promise((resolve) => setTimeout(resolve, 60_000));";
  assert.deepEqual(
    await finished(t, interrupted, (pid) => process.kill(Number(pid), "SIGINT")).then(
      ({ stdout: _, ...more }) => more,
    ),
    { code: 130, stderr: "the work ended before its work was done\n" },
  );
});
