/** What a person must see is seen, once, however Nx is run. The fleet is a stand-in; Nx and the terminal are real. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { run } from "@croft/process";
import { copyRepository } from "@croft/workspace";

const standIn = `
import { mkdirSync, writeFileSync } from "node:fs";
const down = process.env.DOWN ?? "";
export const hostNames = () => [];
export const hostsIndex = () => "";
export const hostReport = (host, outcome) => ({ host, outcome });
export const writeReport = () => {};
export const bundleApp = () => {};
export const updateSecrets = () => {};
export async function buildHosts(root, hosts) {
  await (process.env.EXITS && import(root + "/exits.ts"));
  return hosts.map((host) => {
    mkdirSync(root + "/dist/hosts/" + host, { recursive: true });
    writeFileSync(root + "/dist/hosts/" + host + "/manifest.json", "{}");
    return { host, ok: true, hash: "0" };
  });
}
const ask = (command, usual) => async (root, hosts) =>
  ({ version: 1, command, hosts: hosts.map((host) => ({ host, outcome: host === down ? "unreachable" : usual })) });
export const planHosts = ask("plan", "planned");
export const deployHosts = ask("deploy", "unchanged");
export const statusHosts = ask("status", "running");
export const stopHosts = ask("stop", "stopped");
export const exitCode = ({ hosts }) => (hosts.some(({ outcome }) => outcome === "unreachable") ? 4 : 0);
export const showReport = ({ hosts }, { color }) =>
  hosts.map(({ host, outcome }) => (color ? "\\u001b[1m" : "") + "of " + host + ": " + outcome + "\\n").join("");
`;

const copy = await copyRepository();
writeFileSync(join(copy.folder, "packages/fleet/src/index.ts"), standIn);
const nx = `${process.execPath} node_modules/nx/dist/bin/nx.js`;

after(async () => {
  await run(["sh", "-c", `${nx} daemon --stop`], { cwd: copy.folder, env: { NX_DAEMON: "true" } });
  await copy[Symbol.asyncDispose]();
});

/** A person's environment: nothing of the Nx, the CI or the terminal in which this test runs. */
const clean =
  "env -u CI -u NX_TUI -u NX_DAEMON -u NX_CLI_SET -u NX_FORKED_TASK_EXECUTOR -u FORCE_COLOR -u NO_COLOR -u CROFT_REPORT";

const hasScript = (await run(["sh", "-c", "command -v script"])).code === 0;

async function say(line: string, { terminal, env = "" }: { terminal: boolean; env?: string }) {
  const command = `${clean} TERM=xterm-256color ${env} ${nx} ${line}`;
  const words: [string, ...string[]] = terminal
    ? ["script", "-qec", `stty cols 120 rows 40; ${command}`, "/dev/null"]
    : ["sh", "-c", command];
  const { code, stdout, stderr } = await run(words, { cwd: copy.folder, timeoutSeconds: 90 });
  return { code, raw: stdout, text: stripVTControlCharacters(stdout).replaceAll("\r", ""), stderr };
}

const reported = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("of "));
const allThree = ["of barn: unchanged", "of mill: unchanged", "of orchard: unchanged"];

const modes = [
  { name: "in a pipe", terminal: false },
  { name: "in a pipe in CI", terminal: false, env: "CI=1" },
  { name: "in a pipe with the daemon", terminal: false, env: "NX_DAEMON=true" },
  { name: "on a terminal", terminal: true },
  { name: "on a terminal in CI", terminal: true, env: "CI=1" },
  { name: "on a terminal with Nx's terminal UI", terminal: true, env: "NX_TUI=true" },
  { name: "on a terminal without Nx's terminal UI", terminal: true, env: "NX_TUI=false" },
  {
    name: "on a terminal with the terminal UI and the daemon",
    terminal: true,
    env: "NX_DAEMON=true NX_TUI=true",
  },
  { name: "without batches", terminal: false, env: "NX_BATCH_MODE=false" },
];

for (const { name, ...mode } of modes) {
  const skip = mode.terminal && !hasScript ? "util-linux's script is not installed" : false;
  test(`the outcome of every host is seen once ${name}`, { skip }, async () => {
    const { code, text, stderr } = await say("run-many -t deploy", mode);
    assert.equal(code, 0, text + stderr);
    assert.deepEqual(reported(text).sort(), allThree, text + stderr);
  });
}

test("a host that cannot be reached is a failure beside the others' outcomes", async () => {
  const { code, text } = await say("run-many -t deploy", { terminal: false, env: "DOWN=mill" });
  assert.equal(code, 1);
  assert.deepEqual(reported(text), ["of barn: unchanged", "of mill: unreachable", "of orchard: unchanged"]);
});

for (const { name, env = "" } of [{ name: "in a batch" }, { name: "alone", env: "NX_BATCH_MODE=false" }]) {
  test(`code that ends the process is a failure with its place, ${name}`, async () => {
    writeFileSync(join(copy.folder, "exits.ts"), "interface None {}\n  process.exit(0);\nexport {};\n");
    const { code, text } = await say("deploy barn --skip-nx-cache", {
      terminal: false,
      env: `${env} EXITS=1`,
    });
    assert.equal(code, 1, text);
    const refusal = `\`process.exit\` was called before these tasks were done
  at exits.ts:2:11
  hint: throw an error instead: it is then one of its host, and the others go on
`;
    assert.equal(text.split(refusal).length, 2, text);
  });
}

test("one host alone is seen as well, and a dry run is a plan", async () => {
  const { text } = await say("deploy barn --dry-run", { terminal: false });
  assert.deepEqual(reported(text), ["of barn: planned"]);
});

test("a run that asks no host shows no report of an earlier one", async () => {
  const { text } = await say("run-many -t build", { terminal: false });
  assert.deepEqual(reported(text), []);
});

test("an unknown option fails and is named once, and nothing is deployed", async () => {
  const { code, text } = await say("run-many -t deploy --dry-runn", { terminal: false });
  assert.equal(code, 1);
  assert.deepEqual(reported(text), []);
  assert.equal(
    text.split("option `--dry-runn` does not exist for `nx deploy`\n  hint: did you mean `--dry-run`?\n")
      .length,
    2,
  );
});

test(
  "colour is for terminals, and for those who want it",
  { skip: !hasScript && "util-linux's script is not installed" },
  async () => {
    const bold = (raw: string): boolean => raw.includes("\u001b[1mof barn");
    assert.equal(bold((await say("deploy barn", { terminal: true })).raw), true);
    assert.equal(bold((await say("deploy barn", { terminal: true, env: "NO_COLOR=1" })).raw), false);
    assert.equal(bold((await say("deploy barn", { terminal: false })).raw), false);
  },
);
