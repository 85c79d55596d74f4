import assert from "node:assert/strict";
import { test } from "node:test";
import { start, takeLock } from "./index.ts";

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
if ((await takeLock(${JSON.stringify(name("killed"))})) === undefined) process.exit(1);
setInterval(() => undefined, 1000);`;
  const ended = Promise.withResolvers<void>();
  const { pid } = await start([process.execPath, "--input-type=module", "-e", program], {
    onExit: () => ended.resolve(),
  });
  const deadline = Date.now() + 10_000;
  for (;;) {
    const lock = await takeLock(name("killed"));
    if (lock === undefined) break;
    await lock.release();
    assert.ok(Date.now() < deadline, "the program never took the lock");
  }
  process.kill(pid, "SIGKILL");
  await ended.promise;
  const lock = await takeLock(name("killed"));
  assert.notEqual(lock, undefined);
  await lock?.release();
});
