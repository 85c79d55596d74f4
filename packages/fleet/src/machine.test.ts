import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunResult } from "@croft/process";
import { asRoot, type Connection } from "@croft/remote";
import { prepareMachine } from "./machine.ts";

const address = { user: "alice", host: "10.0.0.4" };
const sound = "system=debian \ninit=systemd\nage=no\n";

/** A machine that answers the probe, and then the installation of age; and the words that it was given. */
function machine(...answers: readonly Partial<RunResult>[]): Connection & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    target: "alice@10.0.0.4",
    run: (words) => {
      const answer = answers[asked.length];
      asked.push([...words]);
      return Promise.resolve({ code: 0, stdout: "", stderr: "", ...answer });
    },
  };
}

test("a login that may become root is enough, and age is installed with it", async () => {
  const connection = machine({ stdout: sound }, {});
  assert.deepEqual(await prepareMachine(connection, address), { installed: true });
  const elevated = asRoot("").slice(0, 3);
  assert.deepEqual(
    connection.asked.map((words) => words.slice(0, 3)),
    [elevated, elevated],
  );
});

for (const [claim, answers, why, hint] of [
  [
    "a login that may not become root",
    [{ code: 1, stderr: "sudo: a password is required\n" }],
    "the login is not root's and may not become root: sudo: a password is required",
    "write `root@…`, or allow the user `sudo` without a password",
  ],
  [
    "a login without a shell",
    [{ code: 1, stderr: "welcome\n\u001b]0;title\u0007\u001b[31mThis account is not available.\n" }],
    "a command failed: ]0;titleThis account is not available.",
    "check that its login shell is a POSIX shell",
  ],
  [
    "another system",
    [{ stdout: "system=alpine \ninit=other\nage=no\n" }],
    "it runs `alpine`, not Debian",
    "Debian and its kin are what this platform knows",
  ],
  [
    "a machine that age cannot be installed on",
    [
      { stdout: sound },
      { code: 100, stderr: "W: slow\nE: Unable to \u001b[1mlocate\u001b[0m package age\n" },
    ],
    "age cannot be installed: E: Unable to locate package age",
    "make `apt-get install age` work there first",
  ],
] as const) {
  test(`${claim} is refused, with its last word and nothing that a terminal obeys`, async () => {
    await assert.rejects(prepareMachine(machine(...answers), address), {
      code: "machine-unfit",
      message: `\`alice@10.0.0.4\` cannot be a host: ${why}\n  hint: ${hint}`,
    });
  });
}
