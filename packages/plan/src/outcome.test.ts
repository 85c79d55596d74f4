import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCodeOf } from "./outcome.ts";

test("hosts that are as wanted give 0", () => assert.equal(exitCodeOf(["unchanged", "changed"]), 0));
test("no hosts at all give 0", () => assert.equal(exitCodeOf([]), 0));
test("a broken host outweighs a rolled-back one", () =>
  assert.equal(exitCodeOf(["rolled-back", "broken"]), 6));
test("a rolled-back host outweighs an unreachable one", () =>
  assert.equal(exitCodeOf(["unreachable", "rolled-back"]), 5));
test("an unreachable host outweighs those that wait for it", () =>
  assert.equal(exitCodeOf(["not-tried", "unreachable"]), 4));
test("a host that was not tried outweighs one that failed", () =>
  assert.equal(exitCodeOf(["failed", "not-tried"]), 3));
test("a failure outweighs a reboot", () =>
  assert.equal(exitCodeOf(["needs-reboot", "failed", "changed"]), 1));
test("a plan with changes gives 2 only when asked", () => {
  assert.equal(exitCodeOf(["planned", "unchanged"]), 0);
  assert.equal(exitCodeOf(["planned", "unchanged"], true), 2);
});
