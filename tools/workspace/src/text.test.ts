import assert from "node:assert/strict";
import { test } from "node:test";
import { repositoryFiles, root, textOf } from "./repository.ts";

const texts = (await repositoryFiles()).filter((path) => !/\.(?:png|ico|age|webp|woff2)$/u.test(path));
const programs = texts.filter((path) => path.endsWith(".ts"));

/** Every line of `paths` that `pattern` matches, as `file:line: text`. */
function linesWith(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split("\n")
      .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );
}

/** A pattern put together here, so that this file does not match it. */
const words = (...parts: string[]): string => parts.join("");

test("no file has more than one idea in it: 400 lines are the end", () => {
  assert.deepEqual(
    programs.filter((path) => textOf(path).split("\n").length > 401),
    [],
  );
});

test("nothing is left for later", () => {
  const later = [words("to", "do"), words("fix", "me"), words("x", "xx"), words("ha", "ck")].join("|");
  // The reporter of test counts names a field of Node's test events.
  const known = (line: string): boolean => line.includes("event.data.");
  const found = linesWith(
    texts.filter((path) => path !== "package-lock.json"),
    new RegExp(`\\b(?:${later})\\b`, "iu"),
  );
  assert.deepEqual(
    found.filter((line) => !known(line)),
    [],
  );
});

test("no test stands alone", () => {
  assert.deepEqual(linesWith(programs, new RegExp(words("\\b(?:test|it|describe)\\.", "only\\b"), "u")), []);
});

test("no path of this machine is committed", () => {
  assert.ok(root.length > 1);
  assert.deepEqual(
    texts.filter((path) => textOf(path).includes(`${root}/`)),
    [],
  );
});

test("no package registry is named", () => {
  const registry = new RegExp(words("registry", "\\.[a-z-]+\\.[a-z]{2,}|^registry\\s*="), "u");
  assert.deepEqual(linesWith(texts, registry), []);
});

test("imports of our own files end in .ts", () => {
  assert.deepEqual(
    linesWith(programs, /^(?:import|export) .*from "\.{1,2}\/[^"]*(?<!\.ts|\.json|\.js)"/u),
    [],
  );
});
