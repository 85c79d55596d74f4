import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCode, type FleetReport, hostReport } from "./report.ts";
import { showReport } from "./show-report.ts";

const plain = { color: false, width: 80 };
const step = { action: "update", subject: "/etc/motd", reason: "has other content", undone: true };
const report = (command: FleetReport["command"], hosts: FleetReport["hosts"]): FleetReport => ({
  version: 1,
  command,
  hosts,
});

test("a deploy shows one line a host, with its URLs, and then errors in full", () => {
  const deploy = report("deploy", [
    hostReport("barn", "unchanged", { urls: [{ service: "landing", url: "http://127.0.0.1:7080/" }] }),
    hostReport("mill", "changed", { steps: [step, step] }),
    hostReport("silo", "unreachable", { message: "host `silo` cannot be reached\n  hint: is it on?" }),
    hostReport("yard", "not-tried", { message: "waits for host `silo`, which is unreachable" }),
  ]);
  assert.equal(
    showReport(deploy, plain),
    `barn  unchanged    http://127.0.0.1:7080/
mill  changed      2 steps
silo  unreachable
yard  not tried

silo: host \`silo\` cannot be reached
  hint: is it on?

yard: waits for host \`silo\`, which is unreachable
`,
  );
  assert.equal(exitCode(deploy), 4);
});

test("a plan shows every step with its reason, and says what is not undone", () => {
  const install = { action: "install", subject: "nginx", reason: "is not installed", undone: false };
  const plan = report("plan", [hostReport("barn", "planned", { steps: [install, step] })]);
  assert.equal(
    showReport(plan, plain),
    `barn  would change  2 steps
  install  nginx: is not installed
  update   /etc/motd: has other content
  packages, users and directories are not undone by a roll back
`,
  );
  assert.deepEqual([exitCode(plan), exitCode(plan, true)], [0, 2]);
});

test("what an embedded host does not run is listed", () => {
  const notRun = ["package `nginx`: an embedded host has no Debian packages"];
  assert.equal(
    showReport(report("deploy", [hostReport("barn", "unchanged", { notRun })]), plain),
    "barn  unchanged\n  not run: package `nginx`: an embedded host has no Debian packages\n",
  );
});

test("an error that several hosts share is shown once", () => {
  const message = "`hosts/fleet.ts` cannot be loaded";
  const shown = showReport(
    report("deploy", [hostReport("a", "failed", { message }), hostReport("b", "failed", { message })]),
    plain,
  );
  assert.equal(
    shown,
    "a  failed, nothing was touched\nb  failed, nothing was touched\n\na, b: `hosts/fleet.ts` cannot be loaded\n",
  );
});
