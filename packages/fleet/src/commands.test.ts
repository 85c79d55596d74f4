import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { takeLock } from "@croft/process";
import { buildHosts } from "./build.ts";
import { deployHosts, planHosts, statusHosts, stoppableHosts, stopHosts } from "./commands.ts";
import { hostLockName } from "./host-lock.ts";
import { exitCode, type FleetReport } from "./report.ts";
import { showReport } from "./show-report.ts";

process.env["CROFT_SETTLE"] = "6";

interface Repository {
  readonly root: string;
  readonly write: (host: string, text: string) => void;
}

/** A repository with embedded hosts that go with the test; libraries are this repository's. */
function repository(t: TestContext, hosts: Readonly<Record<string, string>>): Repository {
  const root = mkdtempSync(join(tmpdir(), "croft-fleet-"));
  symlinkSync(join(import.meta.dirname, "../../../node_modules"), join(root, "node_modules"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  t.after(async () => {
    await stopHosts(root, Object.keys(hosts));
    rmSync(root, { recursive: true });
  });
  const write = (host: string, text: string): void => {
    mkdirSync(join(root, "hosts", host), { recursive: true });
    writeFileSync(join(root, "hosts", host, "host.ts"), text);
  };
  for (const [host, text] of Object.entries(hosts)) write(host, text);
  return { root, write };
}

const host = (name: string, config: string): string => `import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { netsrv } from "@croft/netsrv";
export default defineHost("${name}", { platform: debian({ address: "embedded" }), services: [], uses: [linux, netsrv] }).config(${config});
`;
const motd = (text: string): string =>
  `{ linux: { files: { "/etc/motd": { text: ${JSON.stringify(text)} } } } }`;
const outcomes = ({ hosts }: FleetReport): string[] =>
  hosts.map(({ host: name, outcome }) => `${name} ${outcome}`);

test("a fleet is planned, deployed, found unchanged, looked at and stopped", async (t) => {
  const { root } = repository(t, { barn: host("barn", motd("hay")), mill: host("mill", motd("flour")) });
  const names = ["barn", "mill"];
  assert.deepEqual(outcomes(await planHosts(root, names)), ["barn planned", "mill planned"]);
  assert.equal(existsSync(join(root, "dist")), false, "a plan writes nothing");
  assert.deepEqual(outcomes(await deployHosts(root, names)), ["barn changed", "mill changed"]);
  assert.deepEqual(outcomes(await deployHosts(root, names)), ["barn unchanged", "mill unchanged"]);
  assert.deepEqual(outcomes(await statusHosts(root, names)), ["barn running", "mill running"]);
  assert.equal(readFileSync(join(root, ".croft/hosts/mill/etc/motd"), "utf8"), "flour");
  const report: FleetReport = JSON.parse(readFileSync(join(root, ".croft/reports/deploy.json"), "utf8"));
  assert.deepEqual([report.version, outcomes(report)], [1, ["barn unchanged", "mill unchanged"]]);
  assert.deepEqual(outcomes(await stopHosts(root, names)), ["barn stopped", "mill stopped"]);
});

test("an artifact that was damaged is not trusted with a machine", async (t) => {
  const { root } = repository(t, { barn: host("barn", motd("hay")) });
  const [built] = await buildHosts(root, ["barn"]);
  assert.equal(built?.ok, true);
  writeFileSync(join(root, "dist/hosts/barn/files/etc/motd"), "damaged");
  await deployHosts(root, ["barn"]);
  assert.equal(readFileSync(join(root, ".croft/hosts/barn/etc/motd"), "utf8"), "hay");
  assert.equal(readFileSync(join(root, "dist/hosts/barn/files/etc/motd"), "utf8"), "hay");
});

test("hosts that read nothing of a broken one still deploy, and those that do say why they do not", async (t) => {
  const reads = `{ linux: { files: { "/etc/motd": { text: ({ global }) => global.netsrv.domain } } } }`;
  const { root } = repository(t, {
    barn: "export default (;\n",
    mill: host("mill", motd("flour")),
    orchard: host("orchard", reads),
  });
  const report = await deployHosts(root, ["barn", "mill", "orchard"]);
  assert.deepEqual(outcomes(report), ["barn failed", "mill changed", "orchard failed"]);
  assert.match(
    report.hosts[0]?.message ?? "",
    /^`hosts\/barn\/host\.ts` cannot be loaded: .+\n {2}at hosts\/barn\/host\.ts:1:\d+$/,
  );
  assert.match(
    report.hosts[2]?.message ?? "",
    /^host `barn` cannot be loaded, and this one reads global options/,
  );
  assert.equal(existsSync(join(root, "dist/hosts/orchard")), false);
});

test("a host that waits for one that failed is not tried", async (t) => {
  const { root } = repository(t, {
    barn: "export default (;\n",
    mill: host("mill", `{ deploy: { after: ["barn"] }, linux: { files: {} } }`)
      .replace("uses: [linux, netsrv]", "uses: []")
      .replace(", linux: { files: {} }", ""),
  });
  const report = await deployHosts(root, ["barn", "mill"]);
  assert.deepEqual(outcomes(report), ["barn failed", "mill not-tried"]);
  assert.equal(report.hosts[1]?.message, "waits for host `barn`, which is failed");
});

test("a failed build leaves the artifact that was there", async (t) => {
  const { root } = repository(t, {
    barn: host("barn", motd("hay")),
    mill: host("mill", `{ linux: { files: { "/etc/motd": {} } } }`),
  });
  const [barn, mill] = await buildHosts(root, ["barn", "mill"]);
  assert.equal(barn?.ok, true);
  assert.ok(mill?.ok === false);
  assert.match(mill.error.message, /`\/etc\/motd` has no content/);
  assert.equal(existsSync(join(root, "dist/hosts/mill")), false);
});

test("any error of one host is that host's outcome, and no other's", async (t) => {
  const defect = `{ ...debian({ address: "embedded" }), implementation: () => Promise.reject(new TypeError("a defect")) }`;
  const { root } = repository(t, {
    barn: host("barn", motd("hay")),
    mill: host("mill", "{}").replace('debian({ address: "embedded" })', defect),
  });
  const [barn, mill] = await buildHosts(root, ["barn", "mill"]);
  assert.equal(barn?.ok, true);
  assert.ok(mill?.ok === false);
  assert.match(
    mill.error.message,
    /^TypeError: a defect\n {4}at (?:.+\n)+ {2}hint: this is a defect of croft, please report it$/,
  );
  assert.deepEqual(outcomes(await deployHosts(root, ["barn", "mill"])), ["barn changed", "mill failed"]);
});

test("a warning that cannot be computed fails before anything is touched", async (t) => {
  const { root } = repository(t, {
    barn: "export default (;\n",
    mill: host("mill", `{ warnings: [({ global }) => global.netsrv.domain] }`),
  });
  const report = await deployHosts(root, ["mill"]);
  assert.deepEqual(outcomes(report), ["mill failed"]);
  assert.equal(existsSync(join(root, ".croft/hosts/mill/var/lib/croft")), false);
});

test("a deploy of a host that another command works on is refused", async (t) => {
  const { root } = repository(t, { barn: host("barn", motd("hay")) });
  const name = hostLockName(root, "barn");
  const lock = await takeLock(name);
  const [barn] = (await deployHosts(root, ["barn"])).hosts;
  await lock?.release();
  assert.equal(barn?.outcome, "failed");
  assert.equal(
    barn.message,
    `host \`barn\` is worked on by another command of this workspace\n  hint: wait for its end, and try again; \`ss -xlp | grep ${name}\` finds it`,
  );
  assert.deepEqual(outcomes(await deployHosts(root, ["barn"])), ["barn changed"]);
});

test("what a deploy keeps of a clone is for its user alone", async (t) => {
  const { root } = repository(t, { barn: host("barn", motd("hay")) });
  await deployHosts(root, ["barn"]);
  for (const folder of [".croft", ".croft/reports", ".croft/hosts"])
    assert.equal(statSync(join(root, folder)).mode & 0o777, 0o700, folder);
});

test("what was done is told where the report cannot be kept", async (t) => {
  const { root } = repository(t, { barn: host("barn", motd("hay")) });
  mkdirSync(join(root, ".croft"));
  writeFileSync(join(root, ".croft/reports"), "in the way");
  const report = await deployHosts(root, ["barn"]);
  assert.deepEqual(outcomes(report), ["barn changed"]);
  assert.equal(exitCode(report), 0);
  assert.equal(
    showReport(report, { color: false, width: 80 }),
    "barn  changed  1 step\n\nwarning: the report cannot be kept in `.croft/reports`: EEXIST: file already exists, mkdir '.croft/reports'\n",
  );
});

test("a host that left the repository is told of while it runs, and can be stopped", async (t) => {
  const { root } = repository(t, { barn: host("barn", motd("hay")), mill: host("mill", motd("flour")) });
  await deployHosts(root, ["barn", "mill"]);
  rmSync(join(root, "hosts/mill"), { recursive: true });
  for (const report of [await deployHosts(root, ["barn"]), await statusHosts(root, ["barn"])]) {
    const left = report.hosts.find((each) => each.host === "mill");
    assert.deepEqual(left?.warnings, [
      "is not in the repository any more: `npx croft stop mill` ends what it runs here",
    ]);
    assert.equal(exitCode(report), 0);
  }
  assert.deepEqual(await stoppableHosts(root), ["barn", "mill"]);
  assert.deepEqual(outcomes(await stopHosts(root, ["mill"])), ["mill stopped"]);
  assert.deepEqual(await stoppableHosts(root), ["barn"]);
  assert.deepEqual(outcomes(await deployHosts(root, ["barn"])), ["barn unchanged"]);
});
