import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { CroftError } from "@croft/evaluator";
import { hostNames, loadFleet } from "./load.ts";

const root = mkdtempSync(join(tmpdir(), "croft-load-"));
after(() => rmSync(root, { recursive: true }));

let count = 0;
/** A host file with that text, in a repository of its own: a module that failed is not imported again. */
async function broken(text: string, patienceSeconds = 20): Promise<string> {
  const folder = join(root, String(++count));
  mkdirSync(join(folder, "hosts", "barn"), { recursive: true });
  writeFileSync(join(folder, "hosts", "barn", "host.ts"), text);
  const [loaded] = (await loadFleet(folder, patienceSeconds)).hosts;
  const error: CroftError | undefined = loaded !== undefined && "error" in loaded ? loaded.error : undefined;
  return error?.message ?? "loaded";
}

test("a syntax error has its line and column", async () => {
  assert.equal(
    await broken("const a = 1;\nexport default foo(a;\n"),
    "`hosts/barn/host.ts` cannot be loaded: Expected ',', got ';'\n  at hosts/barn/host.ts:2:21",
  );
});

test("an import of a missing file has the place of the import", async () => {
  assert.equal(
    await broken('const a = 1;\nimport b from "./nowhere.ts";\nexport default [a, b];\n'),
    [
      "`hosts/barn/host.ts` cannot be loaded: Cannot find module 'hosts/barn/nowhere.ts' imported from hosts/barn/host.ts",
      "  at hosts/barn/host.ts:2:15",
      "  hint: correct the import, or run `npm install`",
    ].join("\n"),
  );
});

test("an import of a missing name has the place of the name", async () => {
  assert.equal(
    await broken('import { nope } from "node:fs";\nexport default nope;\n'),
    "`hosts/barn/host.ts` cannot be loaded: The requested module 'node:fs' does not provide an export named 'nope'\n  at hosts/barn/host.ts:1:10",
  );
});

test("an exception while loading has its place", async () => {
  assert.equal(
    await broken("const a = 1;\nthrow new Error(`boom ${a}`);\n"),
    "`hosts/barn/host.ts` cannot be loaded: boom 1\n  at hosts/barn/host.ts:2:7",
  );
});

test("a file that waits for what never comes is a broken host, and no wait", async () => {
  assert.equal(
    await broken("export default await new Promise(() => {});\n", 0.2),
    [
      "`hosts/barn/host.ts` cannot be loaded: it is not done after 0.2 seconds",
      "  at hosts/barn/host.ts",
      "  hint: look for an `await` of what does not come",
    ].join("\n"),
  );
});

test("a file without a host says what to write", async () => {
  assert.equal(
    await broken("export const host = 1;\n"),
    [
      "`hosts/barn/host.ts` exports no host or fleet as its default",
      "  at hosts/barn/host.ts",
      '  hint: write `export default defineHost("barn", { … })`',
    ].join("\n"),
  );
});

test("only folders with a host file are hosts, in the order of names", () => {
  const folder = join(root, "names");
  for (const name of ["b", "a", "notes"]) mkdirSync(join(folder, "hosts", name), { recursive: true });
  for (const name of ["b", "a"]) writeFileSync(join(folder, "hosts", name, "host.ts"), "");
  writeFileSync(join(folder, "hosts", "index.ts"), "");
  assert.deepEqual(hostNames(folder), ["a", "b"]);
  assert.deepEqual(hostNames(join(root, "nowhere")), []);
});
