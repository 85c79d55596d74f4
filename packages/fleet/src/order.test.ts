import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, orderProblem } from "./order.ts";

const order = (waits: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(waits));

test("a host begins when those that it waits for have ended, and others do not wait", async () => {
  const events: string[] = [];
  const gate = Promise.withResolvers<void>();
  await inOrder(order({ server: ["router"], router: [], printer: [] }), async (host) => {
    events.push(`${host} begins`);
    if (host === "router") await gate.promise;
    if (host === "printer") gate.resolve();
    events.push(`${host} ends`);
  });
  assert.deepEqual(events, [
    "router begins",
    "printer begins",
    "printer ends",
    "router ends",
    "server begins",
    "server ends",
  ]);
});

test("a host learns how those before it ended", async () => {
  const ends = await inOrder(
    order({ a: [], b: ["a"], c: ["b", "a"] }),
    (host, before: ReadonlyMap<string, string>) =>
      Promise.resolve(`${host}(${[...before.values()].join(" ")})`),
  );
  assert.deepEqual(ends, ["a()", "b(a())", "c(b(a()) a())"]);
});

test("a host that is not selected is not waited for", async () => {
  assert.deepEqual(await inOrder(order({ server: ["router"] }), (host) => Promise.resolve(host)), ["server"]);
});

test("hosts that wait for each other are an error", () => {
  const circle = order({ a: ["b"], b: ["c"], c: ["a"] });
  assert.equal(
    orderProblem(circle, "a", ["a", "b", "c"])?.message,
    "hosts wait for each other: `a` → `b` → `c` → `a`\n  hint: take one name out of one of their `deploy.after`",
  );
});

test("waiting for a host that does not exist is an error", () => {
  assert.equal(
    orderProblem(order({ server: ["ruoter"] }), "server", ["router", "server"])?.message,
    "host `server` waits for host `ruoter`, which does not exist\n  hint: did you mean `router`?",
  );
});
