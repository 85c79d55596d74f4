import assert from "node:assert/strict";
import { test } from "node:test";
import { run, takeLock } from "./index.ts";

const name = (claim: string): string => `croft-test-${process.pid}-${claim}`;

test("of several who take a lock at once, one has it, and the next when it is given back", async () => {
  const taken = await Promise.all([1, 2, 3].map(() => takeLock(name("several"))));
  const [lock, ...more] = taken.filter((each) => each !== undefined);
  assert.equal(more.length, 0);
  await lock?.release();
  const again = await takeLock(name("several"));
  assert.notEqual(again, undefined);
  await again?.release();
});

test("the lock of a program that is killed is free", async () => {
  const program = `const { takeLock } = await import(${JSON.stringify(new URL("lock.ts", import.meta.url).href)});
await takeLock(${JSON.stringify(name("killed"))});
process.stdout.write(String(process.pid));`;
  let whileItLived: Promise<unknown> = Promise.resolve();
  const { signal } = await run([process.execPath, "--input-type=module", "-e", program], {
    onStdout: (pid) => {
      whileItLived = takeLock(name("killed")).finally(() => process.kill(Number(pid), "SIGKILL"));
    },
  });
  assert.equal(signal, "SIGKILL");
  assert.equal(await whileItLived, undefined);
  const lock = await takeLock(name("killed"));
  assert.notEqual(lock, undefined);
  await lock?.release();
});
