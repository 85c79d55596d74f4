import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { CroftError } from "@croft/evaluator";
import fc from "fast-check";
import { DrawBook } from "./draw.ts";
import { renderTemplate } from "./template.ts";

function render(content: string, data: Record<string, unknown> = {}): string {
  const context = {
    secret: "notes",
    draws: new DrawBook("notes", new Map(), randomBytes),
    readSecret: () => "value",
  };
  return renderTemplate({ content, data }, context);
}

const inherited = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "hasOwnProperty",
  "__defineGetter__",
  "valueOf",
];
const places = [
  (name: string) => `{{${name}}}`,
  (name: string) => `{{this.${name}}}`,
  (name: string) => `{{object.${name}}}`,
  (name: string) => `{{list.${name}}}`,
  (name: string) => `{{text.${name}}}`,
  (name: string) => `{{object.[${name}]}}`,
  (name: string) => `{{lookup object "${name}"}}`,
  (name: string) => `{{lookup list "${name}"}}`,
  (name: string) => `{{lookup this "${name}"}}`,
  (name: string) => `{{#with object}}{{${name}}}{{/with}}`,
  (name: string) => `{{#each list}}{{../list.${name}}}{{/each}}`,
  (name: string) => `{{#with object as |it|}}{{it.${name}}}{{/with}}`,
  (name: string) => `{{@root.${name}}}`,
];

for (const name of inherited) {
  test(`a template does not reach \`${name}\` from anywhere`, () => {
    const data = { object: { a: 1 }, list: [1], text: "text" };
    for (const place of places) {
      assert.throws(() => render(place(name), data), CroftError, place(name));
    }
  });
}

const attacks = [
  '{{#with "s" as |string|}}{{#with "e"}}{{lookup string.sub "constructor"}}{{/with}}{{/with}}',
  "{{helperMissing}}",
  "{{blockHelperMissing this}}",
  '{{log "x"}}',
  "{{#each (lookup this 'constructor')}}{{/each}}",
  "{{{{raw}}}}{{{{/raw}}}}",
  '{{(lookup this "x") 1}}',
  "{{@partial-block}}",
  "{{this.readSecret 'x'}}",
];

for (const attack of attacks) {
  test(`${attack} is refused`, () => {
    assert.throws(() => render(attack, {}), CroftError);
  });
}

test("data cannot bring a prototype along", () => {
  const data: Record<string, unknown> = JSON.parse(
    '{"__proto__": {"polluted": "yes"}, "a": {"__proto__": {"b": "c"}}}',
  );
  assert.throws(() => render("{{polluted}}", data), CroftError);
  assert.throws(() => render("{{a.b}}", data), CroftError);
  assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
});

test("data that looks like helpers or options is data", () => {
  const data = { helpers: { fmt: "x" }, data: { root: "y" }, lookup: "z" };
  assert.equal(render("{{helpers.fmt}} {{data.root}}", data), "x y");
});

test("any text is rendered, or refused with a message of ours", () => {
  const pieces = fc.constantFrom(
    "{{",
    "}}",
    "#each ",
    "/each",
    "if ",
    "this",
    "..",
    "@",
    "(",
    ")",
    "|",
    "a",
    '"',
    "\\",
    ">",
    "*",
    "^",
    "else",
    "~",
    "!",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      try {
        assert.equal(typeof render(parts.join(""), { a: ["x"] }), "string");
      } catch (problem) {
        assert.ok(problem instanceof CroftError, `${parts.join("")} gave ${String(problem)}`);
      }
    }),
    { numRuns: 500 },
  );
});
