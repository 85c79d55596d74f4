import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLanding } from "./program.ts";

async function start(t: TestContext): Promise<{ readonly url: string; readonly folder: string }> {
  const parent = await mkdtemp(join(tmpdir(), "landing-"));
  t.after(() => rm(parent, { recursive: true }));
  const folder = join(parent, "landing");
  await mkdir(folder);
  await writeFile(join(parent, "outside.txt"), "outside");
  await writeFile(join(folder, ".hidden"), "hidden");
  await writeFile(join(folder, "index.html"), "<h1>Croft</h1>");
  await writeFile(join(folder, "style.css"), "body {}");
  const serving = await startLanding({ CONFIGURATION_DIRECTORY: folder, PORT: "0" });
  t.after(() => serving.close());
  return { url: serving.url, folder };
}

/** Asks for a path exactly as it is written, which `fetch` would tidy up first. */
function askFor(url: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { path, agent: false }, (reply) => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    });
    asked.on("error", reject).end();
  });
}

test("files are served with their types", async (t) => {
  const { url } = await start(t);
  const page = await fetch(url);
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(await page.text(), "<h1>Croft</h1>");
  assert.equal(
    (await fetch(new URL("/style.css", url))).headers.get("content-type"),
    "text/css; charset=utf-8",
  );
});

test("the health of the program is told without any file", async (t) => {
  const { url } = await start(t);
  assert.equal(await (await fetch(new URL("/healthz", url))).text(), "ok\n");
});

test("a file that the browser already has is not sent again, until it changes", async (t) => {
  const { url, folder } = await start(t);
  const etag = (await fetch(url)).headers.get("etag") ?? "";
  const again = () => fetch(url, { headers: { "if-none-match": `"other", W/${etag}` } });
  assert.equal((await again()).status, 304);
  await writeFile(join(folder, "index.html"), "<h1>Changed</h1>");
  assert.equal((await again()).status, 200);
});

test("no path leads out of the folder or to hidden files", async (t) => {
  const { url } = await start(t);
  const paths = [
    "/../outside.txt",
    "/%2e%2e/outside.txt",
    "/..%2foutside.txt",
    "/%2e%2e%2foutside.txt",
    "/..%5coutside.txt",
    "//outside.txt",
    "/x/../../outside.txt",
    "/.hidden",
    "/style.css%00.html",
    "/%zz",
    "/style.css/",
  ];
  for (const path of paths) assert.equal(await askFor(url, path), 404, path);
});

test("a link in the folder is followed, as activated configurations are made of links", async (t) => {
  const { url, folder } = await start(t);
  await symlink(join(folder, "../outside.txt"), join(folder, "linked.txt"));
  assert.equal(await (await fetch(new URL("/linked.txt", url))).text(), "outside");
});

test("nothing can be written", async (t) => {
  const { url } = await start(t);
  const reply = await fetch(new URL("/style.css", url), { method: "PUT", body: "x" });
  assert.equal(reply.status, 405);
  assert.equal(reply.headers.get("allow"), "GET, HEAD");
});

test("a folder without a page is named", async () => {
  await assert.rejects(startLanding({ CONFIGURATION_DIRECTORY: "/nowhere", PORT: "0" }), {
    message: "`/nowhere/index.html` cannot be read",
  });
});
