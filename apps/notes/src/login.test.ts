import assert from "node:assert/strict";
import { rename, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import bcrypt from "bcryptjs";
import { passwordLine, startTestbed } from "./testbed.ts";

test("without a login there is the health check, the stylesheet and the login, and nothing else", async (t) => {
  const { ask } = await startTestbed(t);
  assert.equal(await (await ask("/healthz")).text(), "ok\n");
  assert.equal((await ask("/style.css")).status, 200);
  assert.equal((await ask("/login")).status, 200);
  for (const path of ["/", "/new", "/notes/x", "/elsewhere"]) {
    const reply = await ask(path);
    assert.equal(`${reply.status} ${reply.headers.get("location")?.split("?")[0]}`, "303 /login", path);
  }
  const api = await ask("/api/notes");
  assert.equal(api.status, 401);
  assert.equal(api.headers.get("www-authenticate"), 'Basic realm="notes", charset="UTF-8"');
  assert.deepEqual(await api.json(), { error: "log in with HTTP Basic" });
});

test("HTTP Basic lets in with the right password alone", async (t) => {
  const { basic, passwords } = await startTestbed(t);
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 200);
  assert.equal((await basic("alice", passwords.alice, "/")).status, 200);
  assert.equal((await basic("alice", passwords.bob, "/api/notes")).status, 401);
  assert.equal((await basic("alice", "", "/api/notes")).status, 401);
  assert.equal((await basic("nobody", passwords.alice, "/api/notes")).status, 401);
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 200);
});

test("the form lets in with a cookie that scripts and other sites do not get", async (t) => {
  const { post, passwords } = await startTestbed(t);
  const reply = await post("/login", { user: "alice", password: passwords.alice });
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.get("location"), "/");
  assert.match(
    reply.headers.get("set-cookie") ?? "",
    /^croft-notes=[\w-]{32}\.[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
  );
});

test("behind HTTPS the cookie never travels without it", async (t) => {
  const { post, passwords } = await startTestbed(t);
  const reply = await post(
    "/login",
    { user: "alice", password: passwords.alice },
    { "x-forwarded-proto": "https" },
  );
  assert.match(reply.headers.get("set-cookie") ?? "", /; Secure$/);
});

test("a wrong password shows the form again, with the name and without the password", async (t) => {
  const { post } = await startTestbed(t);
  const reply = await post("/login", { user: "<alice>", password: "swordfish" });
  const shown = await reply.text();
  assert.equal(reply.status, 403);
  assert.equal(reply.headers.get("set-cookie"), null);
  assert.ok(shown.includes("This name and password do not belong together."));
  assert.ok(shown.includes('value="&lt;alice&gt;"') && !shown.includes("swordfish"));
});

test("a user who does not exist costs as much time as one who does", async (t) => {
  const { basic } = await startTestbed(t);
  const compare = t.mock.method(bcrypt, "compare");
  await basic("nobody", "x", "/api/notes");
  await basic("alice", "x", "/api/notes");
  const costs = compare.mock.calls.map((call) => bcrypt.getRounds(String(call.arguments[1])));
  assert.deepEqual(costs, [4, 4]);
});

test("a forged or altered cookie is worth nothing", async (t) => {
  const { ask, logIn } = await startTestbed(t);
  const { cookie } = await logIn();
  const status = async (sent: string) => (await ask("/", { headers: { cookie: sent } })).status;
  assert.equal(await status(cookie), 200);
  const [id, signature] = cookie.split(".");
  for (const forged of [
    id,
    `${id}.`,
    `${id}.${"A".repeat(43)}`,
    `croft-notes=${"A".repeat(32)}.${signature}`,
    "croft-notes=.",
  ]) {
    assert.equal(await status(forged), 303, forged);
  }
});

test("logging out ends the session for every copy of the cookie", async (t) => {
  const { ask, post, logIn } = await startTestbed(t);
  const { cookie, token } = await logIn();
  const reply = await post("/logout", { token }, { cookie });
  assert.match(reply.headers.get("set-cookie") ?? "", /^croft-notes=; Path=\/; Max-Age=0;/);
  assert.equal((await ask("/", { headers: { cookie } })).status, 303);
});

test("a session ends after a week", async (t) => {
  const { ask, logIn, pass } = await startTestbed(t);
  const { cookie } = await logIn();
  pass(7 * 24 * 3_600_000);
  assert.equal((await ask("/", { headers: { cookie } })).status, 303);
});

test("a changed password counts at once, for sessions and for HTTP Basic", async (t) => {
  const { ask, basic, folder, logIn, passwords } = await startTestbed(t);
  const { cookie } = await logIn();
  await basic("alice", passwords.alice, "/api/notes");
  const changed = crypto.randomUUID();
  await writeFile(join(folder, "new"), await passwordLine("alice", changed));
  await rename(join(folder, "new"), join(folder, "credentials", "htpasswd"));
  assert.equal((await ask("/", { headers: { cookie } })).status, 303);
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 401);
  assert.equal((await basic("alice", changed, "/api/notes")).status, 200);
  assert.equal((await basic("bob", passwords.bob, "/api/notes")).status, 401);
});

test("while the credentials cannot be read nobody is let in", async (t) => {
  const { ask, basic, folder, logIn, passwords } = await startTestbed(t);
  const { cookie } = await logIn();
  await rm(join(folder, "credentials", "htpasswd"));
  assert.equal((await ask("/", { headers: { cookie } })).status, 303);
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 401);
});

/** The status of a request with HTTP Basic that comes from `127.0.0.<last>`. */
const statusFrom = (last: number, url: string, user: string, password: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const options = { localAddress: `127.0.0.${last}`, auth: `${user}:${password}`, agent: false };
    get(new URL("/api/notes", url), options, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    }).on("error", reject);
  });

test("after five wrong passwords for a user an address waits, also with the right one, and nobody else does", async (t) => {
  const { basic, passwords, pass, post } = await startTestbed(t);
  const statuses = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => (await basic("alice", `wrong ${n}`, "/api/notes")).status),
  );
  assert.deepEqual(statuses.sort(), [401, 401, 401, 401, 401, 429, 429, 429]);
  const refused = await basic("alice", passwords.alice, "/api/notes");
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 290);
  const form = await post("/login", { user: "alice", password: passwords.alice });
  assert.equal(form.status, 429);
  assert.ok((await form.text()).includes("Too many wrong passwords; try again later."));
  assert.equal((await basic("bob", passwords.bob, "/api/notes")).status, 200);
  pass(5 * 60_000);
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 200);
});

test("whoever guesses a user's password at one address does not lock the user out at another", async (t) => {
  const { url, basic, passwords } = await startTestbed(t);
  for (let n = 0; n < 6; n += 1) await basic("alice", `wrong ${n}`, "/api/notes");
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 429);
  assert.equal(await statusFrom(2, url, "alice", passwords.alice), 200);
});

test("after a hundred wrong passwords from many addresses a user waits everywhere", async (t) => {
  const { url, passwords } = await startTestbed(t);
  for (let n = 0; n < 100; n += 1) {
    assert.equal(await statusFrom(10 + Math.floor(n / 5), url, "alice", `wrong ${n}`), 401);
  }
  assert.equal(await statusFrom(2, url, "alice", passwords.alice), 429);
  assert.equal(await statusFrom(2, url, "bob", passwords.bob), 200);
});

test("a password that was right a moment ago is no way around the wait", async (t) => {
  const { basic, passwords } = await startTestbed(t);
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 200);
  for (let n = 0; n < 5; n += 1) await basic("alice", `wrong ${n}`, "/api/notes");
  assert.equal((await basic("alice", passwords.alice, "/api/notes")).status, 429);
});

test("after twenty wrong passwords an address waits, whatever names it tries", async (t) => {
  const { basic, passwords } = await startTestbed(t);
  for (let n = 0; n < 20; n += 1) assert.equal((await basic(`user${n}`, "x", "/api/notes")).status, 401);
  assert.equal((await basic("bob", passwords.bob, "/api/notes")).status, 429);
});

test("a session goes on while its user's password is being guessed", async (t) => {
  const { ask, basic, logIn } = await startTestbed(t);
  const { cookie } = await logIn();
  for (let n = 0; n < 6; n += 1) await basic("alice", `wrong ${n}`, "/api/notes");
  assert.equal((await ask("/", { headers: { cookie } })).status, 200);
});

test("many requests with the right password at once are all let in", async (t) => {
  const { basic, passwords } = await startTestbed(t);
  const replies = await Promise.all(
    Array.from({ length: 12 }, () => basic("alice", passwords.alice, "/api/notes")),
  );
  assert.deepEqual(new Set(replies.map((reply) => reply.status)), new Set([200]));
});

test("the login leads on to the page that was asked for, and never to another site", async (t) => {
  const { ask, post, passwords } = await startTestbed(t);
  assert.equal(
    (await ask("/notes/x?q=a b")).headers.get("location"),
    "/login?next=%2Fnotes%2Fx%3Fq%3Da%2520b",
  );
  const goesTo = async (next: string) =>
    (await post("/login", { user: "alice", password: passwords.alice, next })).headers.get("location");
  assert.equal(await goesTo("/notes/x?q=a"), "/notes/x?q=a");
  for (const next of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/x\r\nset-cookie: a=b",
    "javascript:alert(1)",
    "",
  ]) {
    assert.equal(await goesTo(next), "/", next);
  }
});

test("no login and no failure writes a password to the log", async (t) => {
  const { basic, passwords } = await startTestbed(t);
  const lines: string[] = [];
  for (const method of ["log", "error", "warn"] as const) {
    t.mock.method(console, method, (...parts: unknown[]) => lines.push(parts.join(" ")));
  }
  await basic("alice", passwords.alice, "/api/notes");
  await basic(passwords.bob, passwords.bob, "/api/notes");
  assert.deepEqual(lines, ["notes: a wrong password from 127.0.0.1"]);
});
