/** A reporter for `node --test` that ends with the counts of one run: `{"passed":3,"failed":0,"skipped":1}`. */
import type { TestEvent } from "node:test/reporters";

export default async function* testCounts(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const event of events) {
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    if (event.data.details.type === "suite") continue;
    if (event.data.skip !== undefined || event.data.todo !== undefined) counts.skipped += 1;
    else counts[event.type === "test:pass" ? "passed" : "failed"] += 1;
  }
  yield `${JSON.stringify(counts)}\n`;
}
