import assert from "node:assert/strict";
import { test } from "node:test";
import { lastLine, parseAddress, quoteCommand, showAddress, withoutControls } from "./index.ts";

for (const text of [
  "barn",
  "root@barn",
  "root@10.77.0.11:2222",
  "root@[2001:db8::1]",
  "root@[fe80::1%eth0]:22",
]) {
  test(`address ${text} is shown as it was read`, () => assert.equal(showAddress(parseAddress(text)), text));
}

for (const text of [
  "",
  "-oProxyCommand=x",
  "root@",
  "a b",
  "root@barn:0",
  "root@barn:99999",
  "root@barn;reboot",
  "ssh://barn",
]) {
  test(`address ${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => parseAddress(text), {
      message: `\`${text}\` is no address of a machine\n  hint: write \`user@host\`, \`user@host:port\`, or \`user@[2001:db8::1]:port\``,
    });
  });
}

test("words are quoted for a shell", () => {
  assert.equal(
    quoteCommand(["echo", "it's", "$HOME", "a b", "", "/x"]),
    `echo 'it'\\''s' '$HOME' 'a b' '' /x`,
  );
});

test("what a terminal obeys is dropped", () =>
  assert.equal(withoutControls("a\u001b[31mb\u0007\n\u009bc"), "ab\nc"));

test("the last line that says something is what went wrong", () => {
  assert.equal(lastLine("W: slow\nE: \u001b[31mno such package\u001b[0m\n\n"), "E: no such package");
  assert.equal(lastLine("\n"), "");
});
