import assert from "node:assert/strict";
import { test } from "node:test";
import { checkName } from "./name.ts";

const hint =
  "  hint: use letters, digits and `._@+=,-`, beginning with a letter or a digit, in parts separated by `/`";

for (const name of ["notes", "notes/passwords/alice", "mail/paperless@home.arpa", "v1.2_x+y=z,w-3"]) {
  test(`${name} is a name`, () => {
    checkName("secret", name);
  });
}

const hostile = {
  "that climbs up": "../../etc/shadow",
  "that climbs up in the middle": "notes/../../x",
  "that is a dot": "notes/./x",
  "that is absolute": "/etc/shadow",
  "with a zero byte": "notes\0.age",
  "with a line break": "notes\nx",
  "with a backslash": "notes\\x",
  "with an empty part": "notes//x",
  "that is empty": "",
  "that hides": ".git/config",
  "that looks like an option": "-rf",
  "with a space": "my notes",
  "of an age file, which could be the folder of another": "notes.age/x",
  "that is too long for a file": "x".repeat(101),
  "with too many parts": Array.from({ length: 11 }, () => "x").join("/"),
};

for (const [what, name] of Object.entries(hostile)) {
  test(`a name ${what} is refused`, () => {
    assert.throws(() => checkName("secret", name), {
      message: `secret has the name ${JSON.stringify(name)}, which cannot be a path\n${hint}`,
    });
  });
}

test("the name of a host has one part", () => {
  assert.throws(() => checkName("host", "barn/mill"), {
    message: `host has the name "barn/mill", which cannot be a path\n${hint}`,
  });
});
