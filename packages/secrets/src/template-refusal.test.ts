import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { DrawBook } from "./draw.ts";
import { renderTemplate } from "./template.ts";

const secretValue = ["poi", "soned", randomBytes(6).toString("hex")].join("-");

function render(content: string, data: Record<string, unknown> = {}): string {
  const context = {
    secret: "notes",
    draws: new DrawBook("notes", new Map(), randomBytes),
    readSecret: () => secretValue,
  };
  return renderTemplate({ content, data }, context);
}

/** Refusals by the mistake: template, data, message. */
const refusals: Readonly<
  Record<string, readonly [content: string, data: Record<string, unknown>, message: readonly string[]]>
> = {
  "a mustache that is not closed": [
    "a\nb {{user\n",
    { user: "x" },
    [
      "template of secret `notes` does not parse",
      "  at line 2: b {{user",
      "  hint: check that every `{{` and every block is closed",
    ],
  ],
  "a block that is closed by another": [
    "a\n{{#each users}}\nb\n{{/if}}",
    {},
    [
      "template of secret `notes` does not parse",
      "  at line 2: {{#each users}}",
      "  hint: check that every `{{` and every block is closed",
    ],
  ],
  "a helper that does not exist": [
    '{{redSecret "x"}}',
    {},
    [
      "template of secret `notes` calls `redSecret`, which is no helper",
      '  at line 1: {{redSecret "x"}}',
      "  hint: did you mean `readSecret`?",
    ],
  ],
  "a field that the data does not have": [
    "ok\n{{user.nmae}}",
    { user: { name: "x" } },
    ["template of secret `notes` reads `nmae`, which its data does not define", "  at line 2: {{user.nmae}}"],
  ],
  "a missing field as an argument": [
    '{{fmt "%s" nmae}}',
    {},
    [
      "template of secret `notes` reads `nmae`, which its data does not define",
      '  at line 1: {{fmt "%s" nmae}}',
    ],
  ],
  "a misspelt list": [
    "{{#each usres}}{{this}}{{/each}}",
    { users: ["x"] },
    [
      "template of secret `notes` reads `usres`, which its data does not define",
      "  at line 1: {{#each usres}}{{this}}{{/each}}",
    ],
  ],
  "a missing field of a block parameter": [
    "{{#each users as |user|}}\n{{user.nmae}}\n{{/each}}",
    { users: [{ name: "x" }] },
    ["template of secret `notes` reads `nmae`, which its data does not define", "  at line 2: {{user.nmae}}"],
  ],
  "a name of each outside of it": [
    "{{@key}}",
    {},
    ["template of secret `notes` reads `@key`, which its data does not define", "  at line 1: {{@key}}"],
  ],
  "a missing key of lookup": [
    '{{lookup ports "https"}}',
    { ports: { http: 80 } },
    [
      "template of secret `notes` reads `https`, which its data does not define",
      '  at line 1: {{lookup ports "https"}}',
    ],
  ],
  "an object that is printed": [
    "{{user}}",
    { user: { name: "x" } },
    [
      "template of secret `notes` prints a list or an object",
      "  hint: print its fields, or go through it with `{{#each …}}`",
    ],
  ],
  "a list that is printed": [
    "{{users}}",
    { users: ["x"] },
    [
      "template of secret `notes` prints a list or an object",
      "  hint: print its fields, or go through it with `{{#each …}}`",
    ],
  ],
  "a partial": [
    "{{> header}}",
    {},
    [
      "template of secret `notes` uses a partial or a decorator, which secrets do not have",
      "  at line 1: {{> header}}",
    ],
  ],
  "an inline partial": [
    '{{#*inline "x"}}{{/inline}}',
    {},
    [
      "template of secret `notes` uses a partial or a decorator, which secrets do not have",
      '  at line 1: {{#*inline "x"}}{{/inline}}',
    ],
  ],
  "a helper as a block": [
    '{{#fmt "x"}}{{/fmt}}',
    {},
    [
      "template of secret `notes` uses `fmt` as a block",
      '  at line 1: {{#fmt "x"}}{{/fmt}}',
      "  hint: write `{{fmt …}}`",
    ],
  ],
  "fmt with too few values": [
    '{{fmt "%s/%s" "a"}}',
    {},
    [
      "template of secret `notes` calls `fmt` with too few values",
      '  at line 1: {{fmt "%s/%s" "a"}}',
      '  hint: it is called as `fmt "%s/%s" a b`',
    ],
  ],
  "fmt with too many values": [
    '{{fmt "%s" "a" "b"}}',
    {},
    [
      "template of secret `notes` calls `fmt` with too many values",
      '  at line 1: {{fmt "%s" "a" "b"}}',
      '  hint: it is called as `fmt "%s/%s" a b`',
    ],
  ],
  "fmt with another verb": [
    '{{fmt "%x" 1}}',
    {},
    [
      "template of secret `notes` calls `fmt` with `%x`, of which there are only `%s`, `%d` and `%%`",
      '  at line 1: {{fmt "%x" 1}}',
      '  hint: it is called as `fmt "%s/%s" a b`',
    ],
  ],
  "readSecret without a name": [
    "{{readSecret}}",
    {},
    [
      "template of secret `notes` calls `readSecret` with 0 arguments",
      "  at line 1: {{readSecret}}",
      '  hint: it is called as `readSecret "name"`',
    ],
  ],
  "hashBcrypt of more than bcrypt reads": [
    "{{hashBcrypt long}}",
    { long: "x".repeat(73) },
    [
      "template of secret `notes` calls `hashBcrypt` with more than 72 bytes, of which bcrypt would drop the rest",
      "  at line 1: {{hashBcrypt long}}",
      '  hint: it is called as `hashBcrypt text cost=10 draw="name"`',
    ],
  ],
  "hashBcrypt of a text with a zero byte": [
    "{{hashBcrypt text}}",
    { text: "a\0b" },
    [
      "template of secret `notes` calls `hashBcrypt` with a text that has a zero byte, at which bcrypt would stop",
      "  at line 1: {{hashBcrypt text}}",
      '  hint: it is called as `hashBcrypt text cost=10 draw="name"`',
    ],
  ],
  "hashBcrypt with a cost out of range": [
    '{{hashBcrypt "x" cost=3}}',
    {},
    [
      "template of secret `notes` calls `hashBcrypt` with a cost that is no whole number from 4 to 31",
      '  at line 1: {{hashBcrypt "x" cost=3}}',
      '  hint: it is called as `hashBcrypt text cost=10 draw="name"`',
    ],
  ],
  "hashBcrypt with an argument that it does not have": [
    '{{hashBcrypt "x" rounds=3}}',
    {},
    [
      "template of secret `notes` calls `hashBcrypt` with the argument `rounds=`",
      '  at line 1: {{hashBcrypt "x" rounds=3}}',
      '  hint: it is called as `hashBcrypt text cost=10 draw="name"`',
    ],
  ],
  "a draw without a name in a loop": [
    "{{#each users}}\n{{hashBcrypt this}}\n{{/each}}",
    { users: ["alice"] },
    [
      "template of secret `notes` draws randomness without a name of its own in a loop",
      "  at line 2: {{hashBcrypt this}}",
      '  hint: name it, such as `draw=(fmt "salt/%s" @key)`, or `draw="salt/alice"` outside loops',
    ],
  ],
  "a draw without a name in a loop over a field": [
    "{{#users}}{{hashBcrypt this}}{{/users}}",
    { users: ["alice"] },
    [
      "template of secret `notes` draws randomness without a name of its own in a loop",
      "  at line 1: {{#users}}{{hashBcrypt this}}{{/users}}",
      '  hint: name it, such as `draw=(fmt "salt/%s" @key)`, or `draw="salt/alice"` outside loops',
    ],
  ],
  "a draw with one name in all turns of a loop": [
    '{{#each users}}{{#if this}}{{fmt "%s" (hashBcrypt this draw="salt")}}{{/if}}{{/each}}',
    { users: ["alice"] },
    [
      "template of secret `notes` draws randomness without a name of its own in each turn of a loop",
      '  at line 1: {{#each users}}{{#if this}}{{fmt "%s" (hashBcrypt this draw="salt")}}{{/if}}{{/…',
      '  hint: name it, such as `draw=(fmt "salt/%s" @key)`, or `draw="salt/alice"` outside loops',
    ],
  ],
  "two draws of which one has no name": [
    '{{hashBcrypt "a" draw="salt/a"}}\n{{hashBcrypt "b"}}',
    {},
    [
      "template of secret `notes` draws randomness without a name of its own though the template draws more than once",
      '  at line 2: {{hashBcrypt "b"}}',
      '  hint: name it, such as `draw=(fmt "salt/%s" @key)`, or `draw="salt/alice"` outside loops',
    ],
  ],
  "a computed name of a draw that repeats": [
    "{{#each users}}{{hashBcrypt this cost=4 draw=../name}}{{/each}}",
    { users: ["alice", "bob"], name: "salt" },
    [
      "secret `notes` makes the draw `salt` twice",
      '  hint: give each its own name, such as `draw=(fmt "salt/%s" @key)`',
    ],
  ],
  "data with a function": [
    "",
    { a: { b: [() => 1] } },
    [
      "data of secret `notes` holds a function at `data.a.b[0]`",
      "  hint: data is text, numbers, booleans, lists and plain objects",
    ],
  ],
  "data with an object of a class": [
    "",
    { when: new Date(0) },
    [
      "data of secret `notes` holds an object of a class at `data.when`",
      "  hint: data is text, numbers, booleans, lists and plain objects",
    ],
  ],
};

for (const [what, [content, data, message]] of Object.entries(refusals)) {
  test(`${what} is refused`, () => {
    assert.throws(() => render(content, data), { message: message.join("\n") });
  });
}

test("data that goes in a circle is refused", () => {
  const data: Record<string, unknown> = {};
  data["self"] = [data];
  assert.throws(() => render("", data), {
    message: [
      "data of secret `notes` holds a circle at `data.self[0]`",
      "  hint: data is text, numbers, booleans, lists and plain objects",
    ].join("\n"),
  });
});

test("an error never quotes a value", () => {
  const contents = [
    '{{#with (readSecret "x")}}{{field}}{{/with}}',
    '{{#with (readSecret "x")}}{{fmt "%s" field}}{{/with}}',
    '{{lookup (readSecret "x") "length"}}',
    '{{fmt (readSecret "x") 1}}',
    '{{fmt "%d" (readSecret "x")}}',
    '{{hashBcrypt (readSecret "x") cost=(readSecret "x")}}',
  ];
  for (const content of contents) {
    assert.throws(
      () => render(content),
      (problem: Error) => !`${problem.message}${problem.stack}${String(problem.cause)}`.includes(secretValue),
    );
  }
});
