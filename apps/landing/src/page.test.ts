import assert from "node:assert/strict";
import { test } from "node:test";
import { landingPage, type Tile } from "./page.ts";

const notes: Tile = {
  service: "notes",
  title: "Notes",
  description: "Write it down.",
  host: "mill",
  fqdn: "notes.home.arpa",
  ports: [{ name: "http", port: 7081, protocol: "tcp", url: "http://127.0.0.1:7081/" }],
};
const mail: Tile = {
  service: "mail",
  title: "Mail",
  description: "Letters.",
  host: "barn",
  fqdn: "mail.home.arpa",
  ports: [{ name: "imaps", port: 993, protocol: "tcp" }],
};

test("every service is shown with title, description and name in the domain", () => {
  const shown = landingPage([notes, mail]);
  for (const { title, description, fqdn } of [notes, mail]) {
    assert.ok(shown.includes(title) && shown.includes(description) && shown.includes(fqdn));
  }
});

test("services are grouped by host, in the order of names, whatever order they came in", () => {
  const shown = landingPage([notes, mail]);
  assert.deepEqual(
    [...shown.matchAll(/<h2 id="host-(\w+)"/g)].map((match) => match[1]),
    ["barn", "mill"],
  );
  assert.equal(shown, landingPage([mail, notes]));
});

test("a port with a URL is a link, a port without one is text", () => {
  const shown = landingPage([notes, mail]);
  assert.match(shown, /<a class="port" href="http:\/\/127\.0\.0\.1:7081\/"\s*>http/);
  assert.match(shown, /<span class="port"\s*>imaps <span class="number">993\/tcp/);
  assert.deepEqual(
    new Set([...shown.matchAll(/<a [^>]*href="([^"]*)"/g)].map((match) => match[1])),
    new Set(["/", "http://127.0.0.1:7081/"]),
  );
});

test("a URL that is no web address is shown as text", () => {
  const shown = landingPage([
    { ...notes, ports: [{ name: "x", port: 1, protocol: "tcp", url: "javascript:alert(1)" }] },
  ]);
  assert.ok(!shown.includes("javascript:"));
});

test("what services say of themselves is escaped", () => {
  const evil = `"><script>alert(1)</script>`;
  const shown = landingPage([
    {
      ...notes,
      title: evil,
      description: evil,
      host: evil,
      fqdn: evil,
      ports: [{ name: evil, port: 1, protocol: evil, url: `http://x/${evil}` }],
    },
  ]);
  assert.ok(!shown.includes("<script"));
  assert.ok(!shown.includes(`">alert`));
});

test("a fleet without services says so", () => {
  assert.match(landingPage([]), /No service is declared yet\./);
});
