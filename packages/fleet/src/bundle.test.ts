import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run } from "@croft/process";
import { bundle, bundleApp } from "./bundle.ts";
import { cachedBundle } from "./bundle-cache.ts";

function repository(t: TestContext): {
  root: string;
  main: string;
  write: (path: string, text: string) => void;
} {
  const root = mkdtempSync(join(tmpdir(), "croft-bundle-"));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "apps/web/src"), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  write("apps/web/src/greeting.ts", 'export const greeting: string = "hello";\n');
  write("apps/web/src/main.ts", 'import { greeting } from "./greeting.ts";\nconsole.log(greeting);\n');
  return { root, main: join(root, "apps/web/src/main.ts"), write };
}

const text = (content: Uint8Array): string => new TextDecoder().decode(content);

test("two clones in different folders give the same bytes, and none names its folder", async (t) => {
  const [a, b] = [repository(t), repository(t)];
  const [one, two] = [await bundle(a.root, a.main), await bundle(b.root, b.main)];
  assert.equal(text(one.content), text(two.content));
  assert.equal(text(one.content).includes(tmpdir()), false);
});

test("a bundle runs, and lies in dist", async (t) => {
  const { root } = repository(t);
  const file = await bundleApp(root, "web");
  assert.equal(file, "dist/apps/web/main.mjs");
  assert.equal((await run([process.execPath, join(root, file)])).stdout, "hello\n");
});

test("a bundle is made anew when one of its files changes, and only then", async (t) => {
  const { root, main, write } = repository(t);
  const first = await cachedBundle(root, main);
  assert.deepEqual(Buffer.from(await cachedBundle(root, main)), Buffer.from(first));
  write("apps/web/src/greeting.ts", 'export const greeting: string = "good day";\n');
  assert.match(text(await cachedBundle(root, main)), /good day/);
});

test("a syntax error has its place", async (t) => {
  const { root, main, write } = repository(t);
  write("apps/web/src/greeting.ts", "export const greeting = ;\n");
  await assert.rejects(bundle(root, main), {
    message: '`apps/web/src/main.ts` cannot be bundled: Unexpected ";"\n  at apps/web/src/greeting.ts:1:25',
  });
});
