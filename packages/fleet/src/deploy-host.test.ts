import assert from "node:assert/strict";
import { test } from "node:test";
import { CroftError } from "@croft/evaluator";
import {
  type Activation,
  BrokenDevice,
  type Confirmation,
  defineArtifact,
  type Device,
  type Plan,
  type Platform,
} from "@croft/plan";
import { LostConnection } from "@croft/remote";
import { deployHost } from "./deploy-host.ts";

const step = { action: "update", subject: "/etc/motd", reason: "has other content", undone: true };
const unreachable = (): never => {
  throw new LostConnection("host-unreachable", "host `barn` cannot be reached");
};

/** A device that does as it is told, and a record of what it was asked. */
function device(
  parts: {
    steps?: Plan["steps"];
    observe?: () => unknown;
    activate?: () => Activation;
    confirm?: () => Confirmation;
    stage?: () => void;
    commit?: () => void;
    patienceSeconds?: number;
  } = {},
) {
  const asked: string[] = [];
  const plan: Plan = { steps: parts.steps ?? [step], notRun: [] };
  const record = async <T>(name: string, answer: () => T): Promise<T> => {
    asked.push(name);
    return answer();
  };
  const made: Device = {
    observe: () => record("observe", parts.observe ?? (() => undefined)),
    stage: () => record("stage", parts.stage ?? (() => undefined)),
    activate: () => record("activate", parts.activate ?? (() => ({ result: "activated", message: "" }))),
    confirm: () => record("confirm", parts.confirm ?? (() => ({ result: "confirmed", message: "" }))),
    commit: () => record("commit", parts.commit ?? (() => undefined)),
  };
  const platform: Platform = {
    name: "test",
    build: () => Promise.reject(new Error("not asked")),
    open: () => Promise.resolve(made),
    plan: () => plan,
  };
  const wanted = { artifact: defineArtifact("barn", "test", []), secrets: [] };
  const input = {
    host: "barn",
    platform,
    device: made,
    wanted,
    onEvent: () => undefined,
    patienceSeconds: parts.patienceSeconds ?? 0.01,
  };
  return { asked, outcome: async () => (await deployHost(input)).outcome, report: () => deployHost(input) };
}

test("a device that is as wanted is only looked at", async () => {
  const { asked, outcome } = device({ steps: [] });
  assert.equal(await outcome(), "unchanged");
  assert.deepEqual(asked, ["observe"]);
});

test("a change is staged, activated, confirmed and committed", async () => {
  const { asked, outcome } = device();
  assert.equal(await outcome(), "changed");
  assert.deepEqual(asked, ["observe", "stage", "activate", "confirm", "commit"]);
});

test("a device that rolled back is never a success", async () => {
  const { asked, report } = device({
    activate: () => ({ result: "rolled-back", message: "unit `web.service` did not start" }),
  });
  const { outcome, message } = await report();
  assert.deepEqual([outcome, message], ["rolled-back", "unit `web.service` did not start"]);
  assert.deepEqual(asked, ["observe", "stage", "activate"]);
});

test("one that rolled back before it could be confirmed neither", async () => {
  assert.equal(
    await device({ confirm: () => ({ result: "rolled-back", message: "nobody confirmed" }) }).outcome(),
    "rolled-back",
  );
});

test("one that does not answer any more is unreachable, with a word on what it will do", async () => {
  const { report } = device({ confirm: unreachable });
  const { outcome, message } = await report();
  assert.equal(outcome, "unreachable");
  assert.equal(
    message,
    "host `barn` did not answer any more after its activation began\n  at host `barn` cannot be reached\n  hint: it returns to the old state by itself when nobody confirms; look with `npx croft status`",
  );
});

test("a lost connection during an activation is made again", async () => {
  let calls = 0;
  const activate = (): Activation => (++calls === 1 ? unreachable() : { result: "activated", message: "" });
  const { asked, outcome } = device({ activate, patienceSeconds: 10 });
  assert.equal(await outcome(), "changed");
  assert.deepEqual(asked, ["observe", "stage", "activate", "activate", "confirm", "commit"]);
});

test("a device that needs a reboot says so", async () => {
  assert.equal(
    await device({ confirm: () => ({ result: "needs-reboot", message: "" }) }).outcome(),
    "needs-reboot",
  );
});

test("an error while staging touches nothing more", async () => {
  const { asked, report } = device({
    stage: () => {
      throw new CroftError("disk-full", "host `barn` has no room");
    },
  });
  await assert.rejects(report(), { code: "disk-full" });
  assert.deepEqual(asked, ["observe", "stage"]);
});

test("a failure while packages are removed is a warning: the host is as wanted", async () => {
  const made = device({
    commit: () => {
      throw new CroftError("device-failed", "host `barn` could not remove packages");
    },
  });
  const { outcome, warnings } = await made.report();
  assert.deepEqual([outcome, warnings], ["changed", ["host `barn` could not remove packages"]]);
});

test("a surprise in the middle of a switch is never told as untouched", async () => {
  const made = device({
    activate: () => {
      throw new TypeError("a defect");
    },
  });
  assert.deepEqual([await made.outcome(), made.asked], ["broken", ["observe", "stage", "activate"]]);
});

test("an interrupted deploy that cannot be undone is a broken host, and nothing is begun on it", async () => {
  const { asked, report } = device({
    observe: () => {
      throw new BrokenDevice("host-broken", "the way back failed");
    },
  });
  const { outcome, message } = await report();
  assert.deepEqual([outcome, message], ["broken", "the way back failed"]);
  assert.deepEqual(asked, ["observe"]);
});
