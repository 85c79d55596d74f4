import assert from "node:assert/strict";
import { test } from "node:test";
import { span, statusPage } from "./status-page.ts";
import type { Target } from "./targets.ts";
import type { Watched } from "./watcher.ts";

const now = new Date("2025-01-01T12:00:00Z");
const target: Target = {
  service: "x",
  host: "mill",
  title: "X",
  port: "http",
  protocol: "tcp",
  address: "10.0.0.1",
  number: 80,
};

function watched(state: "up" | "down" | "not probed" | undefined): Watched {
  if (state === undefined)
    return { target, finding: undefined, since: undefined, checked: undefined, history: [] };
  return { target, finding: { state, detail: "" }, since: now, checked: now, history: [state] };
}

function verdictOn(...states: Parameters<typeof watched>[0][]): string | undefined {
  const shown = statusPage(states.map(watched), { now, intervalSeconds: 10 }).text;
  return /<title>(.*) · Watch<\/title>/.exec(shown)?.[1];
}

test("the page begins with a verdict on all", () => {
  assert.equal(verdictOn(), "Nothing to watch");
  assert.equal(verdictOn(undefined, "up"), "Looking…");
  assert.equal(verdictOn("up"), "The one service is up");
  assert.equal(verdictOn("up", "up", "not probed"), "All 2 are up");
  assert.equal(verdictOn("up", "down", "down"), "2 of 3 are down");
  assert.equal(verdictOn("up", "down", undefined), "1 of 2 is down");
  assert.equal(verdictOn("not probed"), "Nothing is probed");
});

test("a length of time is shown in its largest unit", () => {
  const second = 1_000;
  assert.deepEqual(
    [-1, 0, 59, 60, 3_599, 3_600, 86_399, 200_000].map((seconds) => span(seconds * second)),
    ["0 s", "0 s", "59 s", "1 min", "59 min", "1 h", "23 h", "2 d"],
  );
});
