import assert from "node:assert/strict";
import { test } from "node:test";
import testCounts from "./test-counts.ts";

type Event = Parameters<typeof testCounts>[0] extends AsyncIterable<infer Each> ? Each : never;

const ended = (type: "test:pass" | "test:fail", data: object = {}): Event =>
  // Only these fields of an event are counted.
  ({ type, data: { details: { type: "test" }, ...data } }) as unknown as Event;

async function counts(events: readonly Event[]): Promise<unknown> {
  async function* stream(): AsyncGenerator<Event> {
    yield* events;
  }
  let text = "";
  for await (const chunk of testCounts(stream())) text += chunk;
  return JSON.parse(text);
}

test("passed, failed and skipped tests are told apart, and suites are none", async () => {
  const events = [
    ended("test:pass"),
    ended("test:pass"),
    ended("test:fail"),
    ended("test:pass", { skip: "no systemd here" }),
    ended("test:pass", { details: { type: "suite" } }),
  ];
  assert.deepEqual(await counts(events), { passed: 2, failed: 1, skipped: 1 });
});

test("no test at all is three zeroes", async () => {
  assert.deepEqual(await counts([]), { passed: 0, failed: 0, skipped: 0 });
});
