import assert from "node:assert/strict";
import { test } from "node:test";
import { CroftError } from "@croft/evaluator";
import { type SecretsReport, secretsErrors, showSecretsReport } from "./report.ts";

const failure = new CroftError("secret-cycle", "secret `b` reads itself");

const report: SecretsReport = {
  version: 1,
  dryRun: false,
  secrets: [
    { name: "a", store: "committed", outcome: "unchanged" },
    { name: "b", store: "committed", outcome: "failed", error: failure },
    { name: "c", store: "committed", outcome: "unreferenced" },
    { name: "d", store: "embedded", outcome: "created" },
    { name: "e", store: "embedded", outcome: "re-encrypted", why: "host `mill` added" },
  ],
  errors: [
    new CroftError("unknown-host", "mount `x` is on host `y`, which does not exist", {
      hint: "there is `mill`",
    }),
  ],
};

test("a report is shown with a line for each secret that is not as it was", () => {
  assert.equal(
    showSecretsReport(report, { color: false }),
    `failed        b
unreferenced  c
created       d (embedded)
re-encrypted  e (embedded): host \`mill\` added
5 secrets: 1 created, 1 re-encrypted, 1 unreferenced, 1 unchanged, 1 failed

mount \`x\` is on host \`y\`, which does not exist
  hint: there is \`mill\`

secret \`b\` reads itself
`,
  );
});

test("a report without changes is one line", () => {
  const quiet = { ...report, secrets: report.secrets.slice(0, 1), errors: [] };
  assert.equal(showSecretsReport(quiet, { color: false }), "1 secret: 1 unchanged\n");
  assert.equal(showSecretsReport({ ...quiet, secrets: [] }, { color: false }), "0 secrets\n");
});

test("a dry run says so, and a made identity is told", () => {
  const made = {
    ...report,
    dryRun: true,
    secrets: report.secrets.slice(3, 4),
    errors: [],
    identityMade: "~/identity.txt",
  };
  assert.equal(
    showSecretsReport(made, { color: false }),
    `created       d (embedded)
a new owner identity: ~/identity.txt (keep a copy)
1 secret: 1 created (dry run: nothing is written)
`,
  );
});

test("colors are there when asked for", () => {
  assert.ok(showSecretsReport(report, { color: true }).startsWith("\u001B[31mfailed      \u001B[39m  b\n"));
});

test("an error that several secrets share is told once", () => {
  const twice: SecretsReport = {
    ...report,
    secrets: [...report.secrets, { name: "f", store: "committed", outcome: "failed", error: failure }],
  };
  assert.equal(secretsErrors(twice).length, 2);
});
