import assert from "node:assert/strict";
import { test } from "node:test";
import { readTaskOptions } from "./task-options.ts";

const messageOf = (given: Record<string, unknown>): string => {
  try {
    readTaskOptions(given);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "accepted";
};

test("a command without options is asked plainly", () => {
  assert.deepEqual(readTaskOptions({ command: "deploy" }), { command: "deploy", switches: new Set() });
});

test("switches are read as Nx hands them over, typed or as text", () => {
  const read = (dryRun: unknown): string[] => [...readTaskOptions({ command: "deploy", dryRun }).switches];
  assert.deepEqual([true, "true"].map(read), [["dry-run"], ["dry-run"]]);
  assert.deepEqual([false, "false"].map(read), [[], []]);
});

test("an unknown option is refused with its name and the nearest one", () => {
  assert.equal(
    messageOf({ command: "deploy", dryRunn: true }),
    "option `--dry-runn` does not exist for `nx deploy`\n  hint: did you mean `--dry-run`?",
  );
});

test("an option that is near to none is refused with those that there are", () => {
  assert.equal(
    messageOf({ command: "deploy", force: true }),
    "option `--force` does not exist for `nx deploy`\n  hint: there is `--dry-run` and `--verbose`",
  );
});

test("an option of another command is refused", () => {
  assert.equal(
    messageOf({ command: "stop", dryRun: true }),
    "option `--dry-run` does not exist for `nx stop`\n  hint: there is `--verbose`",
  );
});

test("a word that is no option is refused", () => {
  assert.equal(
    messageOf({ command: "deploy", _: ["now"] }),
    "option `now` does not exist for `nx deploy`\n  hint: there is `--dry-run` and `--verbose`",
  );
});

test("a switch with a value is refused", () => {
  assert.equal(
    messageOf({ command: "deploy", dryRun: 4 }),
    "option `--dry-run` of `nx deploy` takes no value\n  hint: type `--dry-run` alone",
  );
});

test("a command that is none is refused", () => {
  assert.equal(messageOf({ command: "destroy" }), "`destroy` is no command of a task");
});
