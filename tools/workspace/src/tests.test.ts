import assert from "node:assert/strict";
import { test } from "node:test";
import { showCounts, sumOf } from "./tests.ts";

const counts = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped });

test("counts add up over projects", () => {
  assert.equal(showCounts(sumOf([counts(3, 0), counts(4, 1, 2)], true)), "2 skipped\n7 passed, 1 failed\n");
});

test("a command that failed without a failing test is one failure", () => {
  assert.equal(showCounts(sumOf([counts(3, 0)], true)), "3 passed, 1 failed\n");
});

test("a failing test is never hidden by a command that succeeded", () => {
  assert.equal(showCounts(sumOf([counts(3, 1)], false)), "3 passed, 1 failed\n");
});
