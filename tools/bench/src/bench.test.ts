import assert from "node:assert/strict";
import { test } from "node:test";
import { measureCase } from "./bench.ts";
import { median } from "./measure.ts";
import { showTable } from "./table.ts";

test("the median is the middle, whatever the order", () => {
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test("a case and its peer are run in turns", async () => {
  const order: string[] = [];
  const subject = (name: string, value: number) => ({
    name,
    run: () => {
      order.push(name);
      return value;
    },
  });
  const row = await measureCase({ ...subject("ours", 30), peer: subject("theirs", 20), rounds: 5 });
  assert.deepEqual(row, { case: "ours", value: 30, unit: "ms", peer: "theirs", ratio: 1.5 });
  assert.deepEqual(order, Array.from({ length: 5 }, () => ["ours", "theirs"]).flat());
});

test("a peer that is not installed is named as skipped", async () => {
  const peer = { name: "theirs", missing: "not installed", run: () => assert.fail("it was run") };
  const row = await measureCase({ name: "ours", run: () => 30, peer });
  assert.deepEqual(row, { case: "ours", value: 30, unit: "ms", peer: "theirs", skipped: "not installed" });
  assert.equal(
    showTable([row]),
    [
      "| case | value | peer                            | ratio |",
      "| ---- | ----- | ------------------------------- | ----- |",
      "| ours | 30 ms | theirs (skipped: not installed) |       |",
      "",
    ].join("\n"),
  );
});

test("fewer than five rounds are refused", async () => {
  await assert.rejects(measureCase({ name: "ours", run: () => 30, rounds: 3 }), {
    message: "`ours` has 3 rounds, and five are the least",
  });
});
