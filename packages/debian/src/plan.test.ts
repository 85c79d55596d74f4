import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { planDebian } from "./plan.ts";
import type { DebianPlan } from "./step.ts";
import { factsAfter, factsOf, type PlanCase, wantedOf } from "./testing-plan.ts";

const folder = new URL("cases/", import.meta.url);
const show = ({ steps }: DebianPlan): string[] =>
  steps.map(({ action, subject, reason }) => `${action} ${subject}: ${reason}`);

for (const subject of readdirSync(folder)) {
  for (const name of readdirSync(new URL(`${subject}/`, folder))) {
    // Each file is written in this form; the test fails where it is not.
    const written = JSON.parse(readFileSync(new URL(`${subject}/${name}`, folder), "utf8")) as PlanCase;
    test(`${subject}: ${name.replace(/\.json$/, "").replaceAll("-", " ")}`, () => {
      const facts = { ...factsOf(written.current), ...written.facts };
      const wanted = wantedOf(written.wanted);
      if (written.error !== undefined) {
        assert.throws(() => planDebian(facts, wanted), { message: written.error.join("\n") });
        return;
      }
      const plan = planDebian(facts, wanted);
      assert.deepEqual(show(plan), written.steps);
      assert.deepEqual(plan.notRun, written.notRun ?? []);
      const again = planDebian(factsAfter(facts, plan, wanted), wanted);
      assert.deepEqual(show(again), [], "planning twice plans nothing");
    });
  }
}

test("a device that is as wanted has no steps", () => {
  const facts = { ...factsOf({ files: { "/etc/motd": "hay" } }), equal: true };
  assert.deepEqual(planDebian(facts, wantedOf({ files: { "/etc/motd": "straw" } })).steps, []);
});
