import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CroftError, defineHost, each, force, type Host } from "./index.ts";
import { bare, evaluate } from "./testing/fleet.ts";
import { webInterface } from "./testing/modules.ts";

const lines = readFileSync(new URL(import.meta.url), "utf8").split("\n");
const barn = (): Host<"web"> => defineHost("barn", { platform: bare, services: [], uses: [webInterface] });

/** Claims that the first place of the error is the word before the comment `// <mark>`. */
function standsAt(read: () => unknown, mark: string, word: string): void {
  const line = lines.findIndex((text) => text.endsWith(`// ${mark}`)) + 1;
  const column = (lines[line - 1] ?? "").indexOf(word) + 1;
  assert.throws(read, (error) => {
    assert.ok(error instanceof CroftError);
    assert.equal(error.detail.at?.[0], `src/places.test.ts:${line}:${column}`);
    return true;
  });
}

const webOf = (host: Host<"web">) => evaluate([host]).host("barn").config.web;
const boom = (): never => {
  throw new Error("boom");
};

test("a leaf is found on its own line", () => {
  const host = barn().config({
    web: {
      name: boom, // plain leaf
    },
  });
  standsAt(() => webOf(host).name, "plain leaf", "name");
});

test("a leaf is found behind a condition", () => {
  const host = barn().when(() => true, {
    config: {
      web: { name: boom }, // guarded leaf
    },
  });
  standsAt(() => webOf(host).name, "guarded leaf", "name");
});

test("a leaf is found inside computed entries", () => {
  const host = barn().config({
    web: {
      sites: each(() => ["a"], {
        root: boom, // computed leaf
      }),
    },
  });
  standsAt(() => webOf(host).sites["a"]?.root, "computed leaf", "root");
});

test("a leaf is found behind a wrapper and in a list", () => {
  const host = barn().config({
    web: {
      lines: force([
        "a",
        boom as unknown as string, // item
      ]),
    },
  });
  standsAt(() => webOf(host).lines, "item", "boom");
});

const shared = {
  name: boom, // leaf of a constant
};

test("a leaf is found in a constant of the module", () => {
  standsAt(() => webOf(barn().config({ web: shared })).name, "leaf of a constant", "name");
});

test("a leaf under a spread has the place where the way ends", () => {
  const host = barn().config({
    web: { ...shared }, // spread
  });
  standsAt(() => webOf(host).name, "spread", "web");
});
