import assert from "node:assert/strict";
import { test } from "node:test";
import { withLock } from "./lock.ts";

test("work under one lock is done one after the other, also after a failure", async () => {
  const name = `croft-lab-test-${process.pid}`;
  let inside = 0;
  const work = () =>
    withLock(name, async () => {
      inside += 1;
      assert.equal(inside, 1);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      throw new Error("done");
    });
  for (const result of await Promise.allSettled([work(), work(), work()])) {
    assert.equal(result.status === "rejected" && result.reason.message, "done");
  }
});
