import assert from "node:assert/strict";
import { test } from "node:test";
import { after, before, defineHost, fallback, force, type Host, override } from "./index.ts";
import { bare, errorOf, evaluate } from "./testing/fleet.ts";
import { webInterface } from "./testing/modules.ts";

type Web = Host<"web">;
const barn = (): Web => defineHost("barn", { platform: bare, services: [], uses: [webInterface] });
const webOf = (host: Web) => evaluate([host]).host("barn").config.web;

test("a default stands where nothing is defined", () => {
  assert.equal(webOf(barn()).port, 80);
});

test("an optional option without a definition is undefined", () => {
  assert.equal(webOf(barn()).label, undefined);
});

test("equal definitions of a scalar agree", () => {
  assert.equal(
    webOf(
      barn()
        .config({ web: { port: 1 } })
        .config({ web: { port: 1 } }),
    ).port,
    1,
  );
});

test("different definitions of a scalar conflict, each with its place", () => {
  const host = barn()
    .config({ web: { port: 1 } })
    .config({ web: { port: () => 2 } });
  assert.equal(
    errorOf(() => webOf(host).port),
    [
      "option `web.port` has 2 values of the same priority",
      "  at src/merging.test.ts:L:C: 1",
      "  at src/merging.test.ts:L:C: 2",
      "  hint: wrap the one that wins in `force(…)`, or the one that loses in `fallback(…)`",
    ].join("\n"),
  );
});

test("a plain definition wins over a fallback, and force over both", () => {
  const host = barn()
    .config({ web: { port: fallback(1) } })
    .config({ web: { port: 2 } });
  assert.equal(webOf(host).port, 2);
  assert.equal(webOf(host.config({ web: { port: force(3) } })).port, 3);
});

test("override takes any priority, and the lower number wins", () => {
  const host = barn()
    .config({ web: { port: override(60, 1) } })
    .config({ web: { port: override(40, 2) } });
  assert.equal(webOf(host).port, 2);
  assert.equal(webOf(host.config({ web: { port: force(3) } })).port, 2);
});

test("a wrapper may hold a function, and a function may return a wrapper", () => {
  const host = barn().config({
    web: { port: force(({ host }) => host.name.length), name: () => force("a") },
  });
  assert.equal(webOf(host.config({ web: { port: 9, name: "b" } })).port, 4);
  assert.equal(webOf(host.config({ web: { port: 9, name: "b" } })).name, "a");
});

test("lists concatenate, plain items between those before and after", () => {
  const host = barn()
    .config({ web: { lines: after(["z"]) } })
    .config({ web: { lines: ["m", before("a"), ({ host }) => host.name] } })
    .config({ web: { lines: ["n"] } });
  assert.deepEqual(webOf(host).lines, ["a", "m", "barn", "n", "z"]);
});

test("a list that is forced drops the others", () => {
  const host = barn()
    .config({ web: { lines: ["a"] } })
    .config({ web: { lines: force(["b"]) } });
  assert.deepEqual(webOf(host).lines, ["b"]);
});

test("a unique list holds each value once, at its first place", () => {
  const host = barn()
    .config({ web: { tags: ["b", "a"] } })
    .config({ web: { tags: ["a", "c"] } });
  assert.deepEqual(webOf(host).tags, ["b", "a", "c"]);
});

test("records merge key by key, and priorities count for each key", () => {
  const host = barn()
    .config({ web: { env: { A: "1", B: fallback("1") } } })
    .config({ web: { env: { B: "2", C: ({ config }) => String(config.web.port) } } });
  assert.deepEqual(webOf(host).env, { A: "1", B: "2", C: "80" });
});

test("objects merge field by field", () => {
  const host = barn()
    .config({ web: { limits: { cpu: 1 } } })
    .config({ web: { limits: { memory: 2 } } });
  assert.deepEqual(webOf(host).limits, { cpu: 1, memory: 2 });
});

test("a conflict inside a value names the way into it", () => {
  const host = barn()
    .config({ web: { limits: { cpu: 1 } } })
    .config({ web: { limits: { cpu: 2 } } });
  assert.match(
    errorOf(() => webOf(host).limits),
    /^option `web\.limits\.cpu` has 2 values of the same priority\n/,
  );
});

test("a key named like the prototype never becomes one", () => {
  const host = barn().config({ web: { env: JSON.parse('{"__proto__":"x"}') as Record<string, string> } });
  assert.equal(webOf(host).env["x"], undefined);
  assert.equal(Object.getPrototypeOf(webOf(host).env), Object.prototype);
});

test("entries of a record of options merge option by option", () => {
  const host = barn()
    .config({ web: { sites: { a: { root: "/a" } } } })
    .config({ web: { sites: { a: { index: "b" } } } });
  assert.deepEqual({ ...webOf(host).sites["a"] }, { root: "/a", index: "b" });
});

test("a guarded definition counts where its condition holds", () => {
  const host = barn()
    .config({ web: { name: "barn" } })
    .when(({ config }) => config.web.name === "barn", { config: { web: { port: 1 } } })
    .when(({ config }) => config.web.name === "mill", { config: { web: { port: 2 } } });
  assert.equal(webOf(host).port, 1);
});

test("a guarded entry exists where its condition holds", () => {
  const host = barn().when(() => false, { config: { web: { sites: { a: { root: "/" } } } } });
  assert.deepEqual(Object.keys(webOf(host).sites), []);
});
