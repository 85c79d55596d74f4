import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestbed } from "./testbed.ts";

test("a note is written, changed and deleted with forms", async (t) => {
  const { ask, post, logIn } = await startTestbed(t);
  const { cookie, token } = await logIn();
  const page = async (path: string) => (await ask(path, { headers: { cookie } })).text();

  const created = await post("/notes", { token, text: "# Soup\r\nleeks" }, { cookie });
  assert.equal(`${created.status} ${created.headers.get("location")}`, "303 /notes/soup?saved");
  const shown = await page("/notes/soup?saved");
  assert.ok(shown.includes("Saved.") && shown.includes("\n# Soup\nleeks</textarea"));

  const version = /name="version"\s+value="([^"]+)"/.exec(shown)?.[1] ?? "";
  const saved = await post("/notes/soup", { token, version, text: "# Soup\nonions" }, { cookie });
  assert.equal(saved.headers.get("location"), "/notes/soup?saved");
  assert.ok((await page("/?q=onions")).includes("/notes/soup?q=onions"));
  assert.ok((await page("/?q=leeks")).includes("Nothing found for “leeks”."));

  const deleted = await post("/notes/soup/delete", { token }, { cookie });
  assert.equal(deleted.headers.get("location"), "/");
  assert.equal((await ask("/notes/soup", { headers: { cookie } })).status, 404);
});

test("a form without the session's token changes nothing", async (t) => {
  const { ask, post, logIn } = await startTestbed(t);
  const { cookie, token } = await logIn();
  await post("/notes", { token, text: "# Soup" }, { cookie });
  const other = await logIn();
  for (const wrong of [{}, { token: "" }, { token: `${token}x` }, { token: other.token }]) {
    for (const path of ["/notes", "/notes/soup", "/notes/soup/delete", "/logout"]) {
      assert.equal((await post(path, { ...wrong, text: "evil" }, { cookie })).status, 403, path);
    }
  }
  const shown = await (await ask("/", { headers: { cookie } })).text();
  assert.ok(shown.includes("Soup") && !shown.includes("evil"));
});

test("another site cannot log its visitors in", async (t) => {
  const { post, passwords } = await startTestbed(t);
  const fields = { user: "alice", password: passwords.alice };
  assert.equal((await post("/login", fields, { origin: "https://evil.example" })).status, 403);
  const proxied = { origin: "https://notes.example", "x-forwarded-host": "notes.example" };
  assert.equal((await post("/login", fields, proxied)).status, 303);
});

test("a change over a newer text asks first, and keeps what was typed", async (t) => {
  const { post, logIn } = await startTestbed(t);
  const { cookie, token } = await logIn();
  await post("/notes", { token, text: "# Soup" }, { cookie });
  const conflict = await post("/notes/soup", { token, version: "older", text: "# Soup\nmine" }, { cookie });
  const shown = await conflict.text();
  assert.equal(conflict.status, 409);
  assert.ok(shown.includes("This note was changed elsewhere") && shown.includes("\n# Soup\nmine</textarea"));
  const version = /name="version"\s+value="([^"]+)"/.exec(shown)?.[1] ?? "";
  assert.equal((await post("/notes/soup", { token, version, text: "# Soup\nmine" }, { cookie })).status, 303);
});

test("a change to a note that was deleted meanwhile is kept as a new note", async (t) => {
  const { post, logIn } = await startTestbed(t);
  const { cookie, token } = await logIn();
  const saved = await post("/notes/gone", { token, version: "x", text: "# Soup" }, { cookie });
  assert.equal(saved.headers.get("location"), "/notes/soup?saved");
});

test("what is in a note is text on every page, never markup", async (t) => {
  const { ask, post, logIn } = await startTestbed(t);
  const { cookie, token } = await logIn();
  const evil = `</textarea><script>alert("1")</script>`;
  const created = await post("/notes", { token, text: `${evil}\n${evil}` }, { cookie });
  const pages = [
    "/",
    created.headers.get("location") ?? "",
    `/?q=${encodeURIComponent(evil)}`,
    `/login?next=${encodeURIComponent(`/"${evil}`)}`,
  ];
  for (const path of pages) {
    const shown = await (await ask(path, { headers: { cookie } })).text();
    assert.ok(!shown.includes("<script") && !shown.includes("</textarea><"), path);
  }
});

test("pages are never cached, and an empty or endless note is refused", async (t) => {
  const { ask, post, logIn } = await startTestbed(t);
  const { cookie, token } = await logIn();
  assert.equal((await ask("/", { headers: { cookie } })).headers.get("cache-control"), "no-store");
  assert.equal((await post("/notes", { token, text: " " }, { cookie })).status, 400);
  assert.equal((await post("/notes", { token, text: "x".repeat(262_145) }, { cookie })).status, 413);
  assert.equal((await post("/notes", { token, text: "x".repeat(800_000) }, { cookie })).status, 413);
});
