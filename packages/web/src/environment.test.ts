import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, listenOn, wholeNumber } from "./environment.ts";

test("a program listens on loopback unless told otherwise", () => {
  assert.deepEqual(listenOn({ PORT: "7081" }), { host: "127.0.0.1", port: 7081 });
  assert.deepEqual(listenOn({ HOST: "::", PORT: "80" }), { host: "::", port: 80 });
});

test("a port that is missing or none is named", () => {
  assert.throws(() => listenOn({}), { message: "PORT is not set" });
  for (const text of ["65536", "-1", "80a", "0x50", " 80", "1e3"]) {
    assert.throws(() => listenOn({ PORT: text }), {
      message: `PORT is not a whole number from 0 to 65535: \`${text}\``,
    });
  }
});

test("of several folders in one variable the first counts, and none is an error", () => {
  assert.equal(
    folderOf({ STATE_DIRECTORY: "/var/lib/notes:/var/lib/more" }, "STATE_DIRECTORY"),
    "/var/lib/notes",
  );
  assert.throws(() => folderOf({ STATE_DIRECTORY: "" }, "STATE_DIRECTORY"), {
    message: "STATE_DIRECTORY is not set",
  });
});

test("an unset number falls back, a wrong one does not", () => {
  const range = { from: 1, to: 60, fallback: 10 };
  assert.equal(wholeNumber({}, "INTERVAL_SECONDS", range), 10);
  assert.throws(() => wholeNumber({ INTERVAL_SECONDS: "0" }, "INTERVAL_SECONDS", range), {
    message: "INTERVAL_SECONDS is not a whole number from 1 to 60: `0`",
  });
});
