import assert from "node:assert/strict";
import { test } from "node:test";
import { Asset } from "@croft/evaluator";
import { contentOf } from "./contents.ts";

const source = new Asset("/repository/page.txt");
const read = (text: string) => () => new TextEncoder().encode(text);

test("a template is rendered without escaping anything", () => {
  const content = contentOf("/etc/a", { template: { source, data: { name: "<b>" } } }, read("I am {{name}}"));
  assert.equal(new TextDecoder().decode(content), "I am <b>");
});

test("a name that the data lacks is an error", () => {
  assert.throws(() => contentOf("/etc/a", { template: { source, data: {} } }, read("I am {{name}}")), {
    message: /^template of `\/etc\/a` cannot be rendered: "name" not defined in /,
  });
});
