import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { repositoryFiles, root } from "@croft/workspace";
import { linksOf } from "./links.ts";

const targets = (text: string): readonly string[] =>
  linksOf("docs/page.md", text).map(({ target }) => target);

test("links and images are found, by where they lead", () => {
  assert.deepEqual(targets("[a](../README.md#top) ![b](b.png) [c]: no\n\n[d]: ./d.md\n"), [
    "README.md",
    "docs/b.png",
    "docs/d.md",
  ]);
});

test("links to elsewhere and to the same page, and those in code, are left alone", () => {
  const text = "[a](https://example.org/x) [b](#b) [c](mailto:c@d) `[d](d.md)`\n\n```md\n[e](e.md)\n```\n";
  assert.deepEqual(targets(text), []);
});

test("every relative link of every page leads to what is there", async () => {
  const files = await repositoryFiles();
  const folders = files.flatMap((file) =>
    file.split("/").map((_, depth, parts) => parts.slice(0, depth).join("/")),
  );
  const there = new Set([...files, ...folders]);
  const links = files
    .filter((path) => path.endsWith(".md"))
    .flatMap((page) => linksOf(page, readFileSync(join(root, page), "utf8")));
  assert.ok(links.length >= 5);
  const dead = links.filter(({ target }) => !there.has(target.replace(/\/$/u, "")));
  assert.deepEqual(
    dead.map(({ page, written }) => `${page}: ${written}`),
    [],
  );
});
