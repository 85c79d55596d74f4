// Whoever deploys sees what became of each host, and nobody sees a secret.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { scanForSecrets } from "@croft/secrets";
import { type Clone, type CommandOptions, openClone } from "./clone.ts";
import { recordProcesses } from "./process-record.ts";
import { outcomesOf, urlsOf } from "./report.ts";

const ways: Readonly<Record<string, CommandOptions>> = {
  "in a pipe": {},
  "in CI": { env: { CI: "1" } },
  "in a terminal": { terminal: true },
  "with Nx's terminal UI off": { env: { NX_TUI: "false" } },
  "with Nx's terminal UI on, in a terminal": { env: { NX_TUI: "true" }, terminal: true },
  "without the daemon": { env: { NX_DAEMON: "false" } },
  "with the daemon": { env: { NX_DAEMON: "true" } },
  "with the daemon and Nx's terminal UI, in a terminal": {
    env: { NX_DAEMON: "true", NX_TUI: "true" },
    terminal: true,
  },
};

describe("a deploy", { timeout: 600_000 }, () => {
  let clone: Clone;
  before(async () => {
    clone = await openClone();
    const { code, text } = await clone.nx("run-many -t deploy");
    assert.equal(code, 0, text);
  });
  after(async () => {
    await clone.nx("daemon --stop");
    await clone[Symbol.asyncDispose]();
  });

  for (const [index, [way, options]] of Object.entries(ways).entries()) {
    test(`${way}: the one host that an edit concerns changes, and each outcome is shown once`, async () => {
      const path = "hosts/orchard/host.ts";
      clone.write(
        path,
        clone.read(path).replace(/watch: \{.*port/u, `watch: { intervalSeconds: ${index + 20}, port`),
      );
      const { code, stdout, text } = await clone.nx("run-many -t deploy", options);
      assert.equal(code, 0, text);
      assert.deepEqual(outcomesOf(clone.folder), {
        barn: "unchanged",
        mill: "unchanged",
        orchard: "changed",
      });
      const lines = stripVTControlCharacters(stdout).split(/\r?\n/u);
      const told = lines.filter((line) => /^(?:barn|mill|orchard) +\w/u.test(line));
      assert.deepEqual(
        told.map((line) => line.split(/ +/u)).map(([host, outcome, ...rest]) => [host, outcome, rest.at(-1)]),
        [
          ["barn", "unchanged", ...urlsOf(clone.folder, "barn")],
          ["mill", "unchanged", ...urlsOf(clone.folder, "mill")],
          ["orchard", "changed", ...urlsOf(clone.folder, "orchard")],
        ],
        text,
      );
    });
  }

  test("no password shows in a process while it is drawn and deployed", async () => {
    const record = recordProcesses();
    clone.edit("hosts/mill/host.ts", `["alice"]`, `["alice", "bob"]`);
    const { code, text } = await clone.nx("run-many -t deploy --verbose");
    assert.equal(code, 0, text);
    const plaintexts = await secretsOf(clone);
    const seen = record.end();
    assert.ok(seen.some(({ command }) => command.includes("run-many")));
    for (const [name, plaintext] of Object.entries(plaintexts)) {
      assert.ok(!text.includes(plaintext), name);
      const telling = seen.filter((each) => `${each.command}\n${each.environment}`.includes(plaintext));
      assert.deepEqual(
        telling.map(({ pid }) => pid),
        [],
        name,
      );
    }
  });

  test("no password lies in the clone, in what Nx keeps, in logs, or in the user's home", async () => {
    const leaks = await scanForSecrets(await secretsOf(clone), [
      ...[".croft", ".nx", ".git", "dist", "hosts", "secrets"].map((name) => `${clone.folder}/${name}`),
      clone.home,
    ]);
    assert.deepEqual(leaks, []);
  });
});

/** Every generated password of the example fleet, and the file that is made from them. */
async function secretsOf(clone: Clone): Promise<Readonly<Record<string, string>>> {
  const names = ["notes/passwords/alice", "notes/passwords/bob", "notes/htpasswd"];
  const values = names.map(async (name) => {
    const { code, stdout, stderr } = await clone.croft(`secrets show ${name}`);
    assert.equal(code, 0, stderr);
    return [name, stdout.trimEnd()] as const;
  });
  return Object.fromEntries(await Promise.all(values));
}
