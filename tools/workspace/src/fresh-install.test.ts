import assert from "node:assert/strict";
import { delimiter } from "node:path";
import { test } from "node:test";
import { run } from "@croft/process";
import { copyRepository } from "./copy.ts";

/** What npm ends with when it reaches no registry. */
const noRegistry =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/u;

test("in a fresh clone `npm ci` with the machine's own Node installs all that `npx croft` needs", async (t) => {
  // Nothing of the packages of this clone, nor of the npm that may have started this test.
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((part) => !part.includes("node_modules"));
  const unset = ["NODE_OPTIONS", "npm_config_local_prefix", "npm_config_prefix", "npm_config_global_prefix"];
  const person = [...unset.flatMap((name) => ["-u", name]), `PATH=${path.join(delimiter)}`];
  await using clone = await copyRepository({ packages: false });
  const typed = (line: string) =>
    run(["env", ...person, "sh", "-c", line], { cwd: clone.folder, timeoutSeconds: 120 });

  const { stdout: version } = await typed("command -v npm >&2 && node -p process.versions.node");
  const isRequired = process.env["CROFT_LAB_REQUIRED"] === "1";
  if (!isRequired && !(Number.parseInt(version) >= 20))
    return t.skip("no Node 20 with npm is installed here");
  const retries = "--fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=1000";
  const installed = await typed(`npm ci --prefer-offline --no-progress ${retries}`);
  const unreachable = noRegistry.exec(installed.stderr)?.[0];
  if (!isRequired && unreachable !== undefined) return t.skip(`no registry answers (${unreachable})`);
  assert.equal(installed.code, 0, installed.stderr);

  const help = await typed("npx croft --help");
  assert.equal(help.code, 0, help.stderr);
  assert.match(help.stdout, /^Usage: croft /mu);
});
