import assert from "node:assert/strict";
import { test } from "node:test";
import { CroftError } from "@croft/evaluator";
import { exitCode, hostReport } from "@croft/fleet";
import { runFleetTasks } from "./fleet-tasks.ts";
import type { FleetDoor, TaskEnd } from "./fleet-tasks.ts";

type Outcome = Awaited<ReturnType<FleetDoor["deployHosts"]>>["hosts"][number]["outcome"];

/** A fleet that only notes what it is asked, with hosts that do not build and hosts that end otherwise. */
function fleetWith({
  unbuilt = [],
  outcomes = {},
}: {
  unbuilt?: string[];
  outcomes?: Record<string, Outcome>;
}) {
  const calls: string[] = [];
  const ask =
    (command: "plan" | "deploy" | "status" | "stop", usual: Outcome) =>
    async (_root: string, hosts: readonly string[]) => {
      calls.push(`${command} ${hosts.join(" ")}`);
      const told = hosts.map((host) => hostReport(host, outcomes[host] ?? usual));
      return { version: 1 as const, command, hosts: told };
    };
  const fleet: FleetDoor = {
    buildHosts: async (_root, hosts) => {
      calls.push(`build ${hosts.join(" ")}`);
      return hosts.map((host) =>
        unbuilt.includes(host)
          ? { host, ok: false, error: new CroftError("unknown-option", "option `prot` does not exist") }
          : { host, ok: true, hash: "0" },
      );
    },
    bundleApp: async (_root, app) => {
      calls.push(`bundle ${app}`);
      if (unbuilt.includes(app)) throw new Error("main.ts cannot be bundled");
      return "";
    },
    hostReport,
    writeReport: (_root, { hosts }) => void calls.push(`write ${hosts.length}`),
    planHosts: ask("plan", "planned"),
    deployHosts: ask("deploy", "unchanged"),
    statusHosts: ask("status", "running"),
    stopHosts: ask("stop", "stopped"),
    exitCode,
    showReport: ({ hosts }) =>
      hosts
        .map(
          ({ host, outcome, message }) =>
            `${host} ${outcome}${message === undefined ? "" : `: ${message}`}\n`,
        )
        .join(""),
  };
  return { fleet, calls };
}

/** Runs tasks written as `barn:deploy --dry-run`; gives how they ended and what was reported. */
async function end(fleet: FleetDoor, ...written: string[]): Promise<{ ends: TaskEnd[]; told: string }> {
  const tasks = written.map((text) => {
    const [id = "", ...flags] = text.split(" ");
    const [host = "", command] = id.split(":");
    const options = Object.fromEntries(
      flags.map((flag) => [flag === "--dry-run" ? "dryRun" : flag.slice(2), true]),
    );
    return { id, project: host, options: { command, ...options } };
  });
  const ends: TaskEnd[] = [];
  let told = "";
  const setting = { root: "/", color: false, width: 80, report: (text: string) => void (told += text) };
  for await (const each of runFleetTasks(fleet, tasks, setting)) ends.push(each);
  return { ends, told };
}

const wordOf = ({ result }: TaskEnd): string => (result.success ? "success" : "failure");
const wordsOf = (ends: readonly TaskEnd[]): Record<string, string> =>
  Object.fromEntries(ends.map((each) => [each.task, wordOf(each)]));

test("builds and deploys of a run are one call each, in the order of names", async () => {
  const { fleet, calls } = fleetWith({});
  const { ends, told } = await end(fleet, "mill:build", "mill:deploy", "barn:build", "barn:deploy");
  assert.deepEqual(calls, ["build barn mill", "deploy barn mill"]);
  assert.deepEqual(new Set(Object.values(wordsOf(ends))), new Set(["success"]));
  assert.equal(told, "\nbarn unchanged\nmill unchanged\n");
});

test("a host that does not build fails its own tasks, and the report says why", async () => {
  const { fleet, calls } = fleetWith({ unbuilt: ["mill"] });
  const { ends, told } = await end(fleet, "mill:build", "mill:deploy", "barn:build", "barn:deploy");
  assert.deepEqual(calls, ["build barn mill", "deploy barn", "write 2"]);
  assert.deepEqual(wordsOf(ends), {
    "mill:build": "failure",
    "barn:build": "success",
    "mill:deploy": "failure",
    "barn:deploy": "success",
  });
  assert.equal(told, "\nbarn unchanged\nmill failed: option `prot` does not exist\n");
});

test("where nothing needs the build, its task says itself why it failed", async () => {
  const { fleet } = fleetWith({ unbuilt: ["mill"] });
  const { ends, told } = await end(fleet, "mill:build", "barn:build");
  assert.deepEqual(
    ends.map(({ result }) => result.terminalOutput),
    ["option `prot` does not exist\n", ""],
  );
  assert.equal(told, "");
});

test("a host that does not build can still be asked and stopped", async () => {
  const { fleet, calls } = fleetWith({ unbuilt: ["mill"] });
  await end(fleet, "mill:build", "mill:status", "mill:stop");
  assert.deepEqual(calls, ["build mill", "status mill", "stop mill"]);
});

test("apps are bundled, each for itself", async () => {
  const { fleet, calls } = fleetWith({ unbuilt: ["notes"] });
  const { ends } = await end(fleet, "notes:bundle", "watch:bundle");
  assert.deepEqual(calls, ["bundle notes", "bundle watch"]);
  assert.deepEqual(wordsOf(ends), { "notes:bundle": "failure", "watch:bundle": "success" });
});

test("a host that cannot be reached fails its own task, and no other", async () => {
  const { fleet } = fleetWith({ outcomes: { mill: "unreachable" } });
  const { ends, told } = await end(fleet, "mill:deploy", "barn:deploy");
  assert.deepEqual(wordsOf(ends), { "mill:deploy": "failure", "barn:deploy": "success" });
  assert.equal(told, "\nbarn unchanged\nmill unreachable\n");
});

test("a host that needs a reboot is done", async () => {
  const { fleet } = fleetWith({ outcomes: { mill: "needs-reboot" } });
  assert.deepEqual(wordsOf((await end(fleet, "mill:deploy")).ends), { "mill:deploy": "success" });
});

test("a dry run of a deploy is a plan", async () => {
  const { fleet, calls } = fleetWith({});
  await end(fleet, "barn:deploy --dry-run");
  assert.deepEqual(calls, ["plan barn"]);
});

test("an unknown option is told once, and nothing is deployed", async () => {
  const { fleet, calls } = fleetWith({});
  const { ends, told } = await end(fleet, "barn:deploy --force", "mill:deploy --force");
  assert.deepEqual(calls, []);
  assert.deepEqual(wordsOf(ends), { "barn:deploy": "failure", "mill:deploy": "failure" });
  assert.equal(
    told,
    "\noption `--force` does not exist for `nx deploy`\n  hint: there is `--dry-run` and `--verbose`\n",
  );
});

test("a fleet that gives up fails every task with its message, told once", async () => {
  const { fleet } = fleetWith({});
  const giveUp: FleetDoor = { ...fleet, deployHosts: () => Promise.reject(new Error("no space left")) };
  const { ends, told } = await end(giveUp, "barn:deploy", "mill:deploy");
  assert.deepEqual(wordsOf(ends), { "barn:deploy": "failure", "mill:deploy": "failure" });
  assert.equal(told, "\nno space left\n");
});

test("one run asks for several things in the order in which they make sense", async () => {
  const { fleet, calls } = fleetWith({});
  await end(fleet, "barn:stop", "barn:deploy", "barn:status", "barn:plan", "barn:build");
  assert.deepEqual(calls, ["build barn", "plan barn", "status barn", "deploy barn", "stop barn"]);
});
