import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startTestbed } from "./testbed.ts";

/** What the API answers, as far as tests look into it. */
interface Body {
  readonly modified: string;
  readonly error?: string;
}

async function bodyOf(reply: Response): Promise<Body> {
  // The assertions that follow check what it holds.
  return (await reply.json()) as Body;
}

/** A service, and alice asking its API. */
async function alice(t: TestContext) {
  const testbed = await startTestbed(t);
  const ask = (path: string, init: RequestInit = {}) =>
    testbed.basic("alice", testbed.passwords.alice, path, init);
  const put = (path: string, text: string, headers: Readonly<Record<string, string>> = {}) =>
    ask(path, { method: "PUT", body: text, headers: { "content-type": "text/markdown", ...headers } });
  return { ...testbed, ask, put };
}

test("a note is put, read, listed, found and deleted", async (t) => {
  const { ask, put } = await alice(t);
  const created = await put("/api/notes/soup", "# Soup\r\nwater & leeks\r\n");
  assert.equal(created.status, 201);
  const read = await ask("/api/notes/soup");
  const { modified, ...note } = await bodyOf(read);
  assert.equal(read.headers.get("content-type"), "application/json; charset=utf-8");
  assert.deepEqual(note, { id: "soup", title: "Soup", text: "# Soup\nwater & leeks\n" });
  assert.ok(Math.abs(Date.parse(modified) - Date.now()) < 60_000);
  assert.equal((await put("/api/notes/soup", "# Soup\nwater & leeks")).status, 200);
  assert.deepEqual(await (await ask("/api/notes?q=leeks")).json(), {
    notes: [
      {
        id: "soup",
        title: "Soup",
        modified: (await bodyOf(await ask("/api/notes/soup"))).modified,
        excerpt: "water & leeks",
      },
    ],
  });
  assert.deepEqual(await (await ask("/api/notes?q=carrots")).json(), { notes: [] });
  const gone = await ask("/api/notes/soup", { method: "DELETE" });
  assert.equal(`${gone.status} ${await gone.text()}`, "204 ");
  const missing = await ask("/api/notes/soup");
  assert.equal(missing.status, 404);
  assert.deepEqual(await missing.json(), { error: "there is no note `soup`" });
  assert.equal((await ask("/api/notes/soup", { method: "DELETE" })).status, 404);
});

test("a note without an id of its own gets one from its title", async (t) => {
  const { ask } = await alice(t);
  const reply = await ask("/api/notes", {
    method: "POST",
    body: JSON.stringify({ text: "# Five leeks" }),
    headers: { "content-type": "application/json" },
  });
  assert.equal(reply.status, 201);
  assert.equal(reply.headers.get("location"), "/api/notes/five-leeks");
});

test("users do not see each other's notes", async (t) => {
  const { basic, passwords, put } = await alice(t);
  await put("/api/notes/diary", "mine");
  assert.equal((await basic("bob", passwords.bob, "/api/notes/diary")).status, 404);
  assert.deepEqual(await (await basic("bob", passwords.bob, "/api/notes")).json(), { notes: [] });
});

test("a save can insist on the version it has read, or on none", async (t) => {
  const { ask, put } = await alice(t);
  await put("/api/notes/a", "one", { "if-none-match": "*" });
  assert.equal((await put("/api/notes/a", "two", { "if-none-match": "*" })).status, 412);
  const etag = (await ask("/api/notes/a")).headers.get("etag") ?? "";
  assert.equal((await put("/api/notes/a", "two", { "if-match": etag })).status, 200);
  const late = await put("/api/notes/a", "three", { "if-match": etag });
  assert.equal(late.status, 412);
  assert.deepEqual(await late.json(), { error: "the note is not the one you expect" });
});

test("no id leads out of the user's folder", async (t) => {
  const { url, folder, passwords, put } = await alice(t);
  await put("/api/notes/a", "x");
  const paths = [
    "/api/notes/../../etc/passwd",
    "/api/notes/..%2f..%2fcredentials%2fhtpasswd",
    "/api/notes/%2e%2e",
    "/api/notes/a%00",
    "/api/notes/A",
    "/api/notes/",
    "/api/notes/a/b",
  ];
  for (const method of ["GET", "PUT", "DELETE"]) {
    for (const path of paths) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const headers = { "content-type": "text/plain" };
        const asked = request(url, { method, path, headers, auth: `alice:${passwords.alice}`, agent: false });
        asked
          .on("error", reject)
          .on("response", (reply) => resolve(reply.resume().statusCode))
          .end(method === "PUT" ? "x" : undefined);
      });
      assert.ok(status === 404 || (status === 415 && path.includes("/../")), `${status} ${method} ${path}`);
    }
  }
  assert.deepEqual(await readdir(join(folder, "state", "notes", "alice")), ["a.md"]);
});

test("bodies that are too long, no text or no note are refused with the reason", async (t) => {
  const { ask } = await alice(t);
  const put = async (body: string | Uint8Array<ArrayBuffer>, type: string) => {
    const reply = await ask("/api/notes/a", { method: "PUT", body, headers: { "content-type": type } });
    return `${reply.status} ${(await bodyOf(reply)).error}`;
  };
  assert.equal(await put("x".repeat(262_145), "text/plain"), "413 the request is longer than 262144 bytes");
  assert.equal(
    await put(JSON.stringify({ text: "x".repeat(262_145) }), "application/json"),
    "413 a note has at most 262144 bytes",
  );
  assert.equal(await put(new Uint8Array([0xff]), "text/plain"), "400 this is not UTF-8");
  assert.equal(await put("{", "application/json"), "400 this is not JSON");
  assert.equal(await put('{"text":1}', "application/json"), "400 the field `text` is missing or no text");
  assert.equal(await put(" \n", "text/plain"), "400 a note needs some text");
  assert.equal(
    await put("x", "image/png"),
    "415 send text/markdown, or application/json with the field `text`",
  );
});

test("a method that does not work names those that do", async (t) => {
  const { ask } = await alice(t);
  const allowed = async (path: string) => (await ask(path, { method: "PATCH" })).headers.get("allow");
  assert.equal(await allowed("/api/notes"), "GET, HEAD, POST");
  assert.equal(await allowed("/api/notes/a"), "GET, HEAD, PUT, DELETE");
});

test("a page of another site cannot make the browser change notes, a session or Basic notwithstanding", async (t) => {
  const { ask, basic, logIn, passwords, put, url } = await alice(t);
  await put("/api/notes/a", "mine");
  const { cookie } = await logIn();
  const foreign = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: new URL(url).origin },
  ];
  for (const headers of foreign) {
    // Node's fetch sets `Sec-Fetch-Site` itself only if asked to; a missing one leaves `Origin` to decide.
    assert.equal(
      (await ask("/api/notes/a", { method: "DELETE", headers })).status,
      403,
      JSON.stringify(headers),
    );
    assert.equal(
      (await basic("", "", "/api/notes/a", { method: "DELETE", headers: { cookie, ...headers } })).status,
      403,
    );
  }
  assert.equal((await basic("alice", passwords.alice, "/api/notes/a", { method: "DELETE" })).status, 204);
});
