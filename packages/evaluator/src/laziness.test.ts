import assert from "node:assert/strict";
import { test } from "node:test";
import { defineHost, each, fallback, force, type Host, override } from "./index.ts";
import { bare, errorOf, evaluate } from "./testing/fleet.ts";
import { webInterface } from "./testing/modules.ts";

const barn = (): Host<"web"> => defineHost("barn", { platform: bare, services: [], uses: [webInterface] });
const webOf = (host: Host<"web">) => evaluate([host]).host("barn").config.web;

test("a function runs when its value is read, once", () => {
  let runs = 0;
  const web = webOf(barn().config({ web: { port: () => ++runs } }));
  assert.equal(runs, 0);
  assert.deepEqual([web.port, web.port, runs], [1, 1, 1]);
});

test("a value in error does not keep others from being read", () => {
  const web = webOf(
    barn().config({
      web: {
        name: () => {
          throw new Error("boom");
        },
      },
    }),
  );
  assert.equal(web.port, 80);
  assert.equal(
    errorOf(() => web.name),
    "a function in a definition threw: boom\n  at src/laziness.test.ts:L:C",
  );
});

test("values that need each other are a cycle, printed as its chain", () => {
  const host = barn().config({
    web: { port: ({ config }) => config.web.name.length, name: ({ config }) => String(config.web.port) },
  });
  assert.equal(
    errorOf(() => webOf(host).port),
    [
      "`web.port` needs its own value",
      "  at src/laziness.test.ts:L:C: `web.port` reads `web.name`",
      "  at src/laziness.test.ts:L:C: `web.name` reads `web.port`",
      "  hint: give one of them a value that does not read the others",
    ].join("\n"),
  );
});

test("a key set that depends on itself is a cycle, named", () => {
  const host = barn().config({
    web: { sites: each(({ config }) => Object.keys(config.web.sites), { root: "/" }) },
  });
  assert.match(
    errorOf(() => Object.keys(webOf(host).sites)),
    /^the key set of `web\.sites` needs its own value\n/,
  );
});

test("a condition that depends on what it guards is a cycle, named", () => {
  const host = barn().when(({ config }) => config.web.port === 80, { config: { web: { port: 81 } } });
  assert.equal(
    errorOf(() => webOf(host).port),
    [
      "`web.port` needs its own value",
      "  at src/laziness.test.ts:L:C: `web.port` reads the condition",
      "  at src/laziness.test.ts:L:C: the condition reads `web.port`",
      "  hint: give one of them a value that does not read the others",
    ].join("\n"),
  );
});

test("an entry computes from another entry of the same record", () => {
  const host = barn().config({
    web: { sites: { a: { root: "/a" }, b: { root: ({ config }) => `${config.web.sites["a"]?.root}/b` } } },
  });
  assert.equal(webOf(host).sites["b"]?.root, "/a/b");
});

test("values cannot be changed", () => {
  const web = webOf(barn());
  assert.equal(
    // @ts-expect-error values are read-only
    errorOf(() => (web.port = 3)),
    "values of an evaluation cannot be changed\n  hint: define them in a host, a service or an interface",
  );
});

test("a list that is read cannot be sorted in place", () => {
  const { lines } = webOf(barn().config({ web: { lines: ["b", "a"] } }));
  assert.throws(() => lines.sort(), TypeError);
  assert.deepEqual(lines.toSorted(), ["a", "b"]);
});

test("a default that loses is never computed: two options may follow from each other", () => {
  const host = barn().config({
    web: {
      port: fallback(({ config }) => Number(config.web.name)),
      name: fallback(({ config }) => String(config.web.port)),
    },
  });
  assert.equal(webOf(host.config({ web: { port: 8080 } })).name, "8080");
  assert.equal(webOf(host.config({ web: { name: "81" } })).port, 81);
});

test("a losing definition cannot throw", () => {
  const fails = (): never => {
    throw new Error("boom");
  };
  const host = barn()
    .config({ web: { port: fails, lines: fallback(fails) } })
    .config({ web: { port: force(1), lines: ["a"] } });
  assert.deepEqual([webOf(host).port, webOf(host).lines], [1, ["a"]]);
});

test("a function may return what loses", () => {
  const host = barn()
    .config({ web: { port: () => fallback(1) } })
    .config({ web: { port: override(500, 2) } });
  assert.equal(webOf(host).port, 2);
});
