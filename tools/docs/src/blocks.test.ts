import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { croft, terminal } from "@croft/cli";
import { inferProject } from "@croft/nx-plugin/projects";
import { run } from "@croft/process";
import { repositoryFiles, root } from "@croft/workspace";
import { type Block, blocksOf, commandsOf } from "./blocks.ts";

const pages = (await repositoryFiles()).filter((path) => path.endsWith(".md"));
const blocks = pages.flatMap((page) => blocksOf(page, readFileSync(join(root, page), "utf8")));
const inLanguage = (...languages: readonly string[]): readonly Block[] =>
  blocks.filter(({ language }) => languages.includes(language));

test("there are pages with code of both kinds to check", () => {
  assert.ok(inLanguage("ts").length >= 5, "blocks of TypeScript");
  assert.ok(inLanguage("sh").length >= 5, "blocks of shell");
});

test("every block names its language", () => {
  assert.deepEqual(
    inLanguage("").map(({ page, line }) => `${page}:${line}`),
    [],
  );
});

test("every TypeScript block compiles", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "croft-docs-"));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  // Each block is a program of its own, as two may register the same name.
  const configs = inLanguage("ts").map(({ page, line, code }, index) => {
    const at = join(folder, String(index));
    mkdirSync(at);
    writeFileSync(join(at, "block.ts"), `${code}export {};\n`);
    const options = { noUncheckedIndexedAccess: false, noUnusedLocals: false, rootDir: "/" };
    const config = {
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: options,
      files: ["block.ts"],
    };
    writeFileSync(join(at, "tsconfig.json"), JSON.stringify(config));
    return { place: `${page}:${line}`, config: at };
  });
  const tsc = join(root, "node_modules/typescript-native/bin/tsc");
  for (const { place, config } of configs) {
    const { stdout } = await run([process.execPath, tsc, "--noEmit", "-p", config], { cwd: folder });
    assert.equal(stdout, "", place);
  }
});

const commands = inLanguage("sh").flatMap((block) =>
  commandsOf(block).map((command) => ({ command, place: `${block.page}:${block.line}` })),
);

test("every `npx croft` line is one that croft knows", () => {
  const lines = commands.filter(({ command }) => command.startsWith("npx croft "));
  assert.ok(lines.length > 0);
  for (const { command, place } of lines) {
    let found = croft(terminal());
    for (const word of command.split(/\s+/).slice(2)) {
      const below = found.commands.find((each) => each.name() === word);
      if (below !== undefined) found = below;
      if (!word.startsWith("--")) continue;
      const [flag = ""] = word.split("=");
      const known = [...found.options.map(({ long }) => long), "--help"];
      assert.ok(known.includes(flag), `${place}: \`${command}\`: ${flag}`);
    }
    const asksForHelp = command.includes("--help");
    assert.ok(asksForHelp || found.name() !== "croft", `${place}: \`${command}\` names no command`);
  }
});

/** The names of all targets that there are, and Nx's own command for its generators. */
async function nxTargets(): Promise<ReadonlySet<string>> {
  const isProject = /^(?:(?:(?:apps|packages|tools)\/[^/]+\/)?package\.json|hosts\/[^/]+\/host\.ts)$/u;
  const files = (await repositoryFiles()).filter((path) => isProject.test(path));
  const targets = files.flatMap((file) => Object.keys(inferProject(root, file).targets));
  return new Set([...targets, "sync"]);
}

test("every `npx nx` line asks for a target that there is", async () => {
  const targets = await nxTargets();
  const lines = commands.filter(({ command }) => command.startsWith("npx nx "));
  assert.ok(lines.length > 0);
  for (const { command, place } of lines) {
    const words = command.split(/\s+/).slice(2);
    const wanted =
      words[0] === "run-many" || words[0] === "affected" ? words[words.indexOf("-t") + 1] : words[0];
    assert.ok(targets.has(wanted?.split(":")[0] ?? ""), `${place}: \`${command}\``);
  }
});
