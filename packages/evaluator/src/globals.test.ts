import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CroftError, defineFleet, defineHost, evaluateFleet, force, type Host } from "./index.ts";
import { diskSources } from "./index.ts";
import { bare, errorOf, evaluate, places, root } from "./testing/fleet.ts";
import { mailInterface, proxy, webInterface } from "./testing/modules.ts";

const host = (name: string): Host<"mailboxes"> =>
  defineHost(name, { platform: bare, services: [], uses: [mailInterface] });
const boxesOf = (...hosts: Host<"mailboxes">[]) => evaluate(hosts).global.mailboxes.boxes;

test("what one host defines, another reads", () => {
  const barn = host("barn").global({ mailboxes: { boxes: { alice: { quota: 5 } } } });
  assert.equal(evaluate([barn, host("mill")]).host("mill").global.mailboxes.boxes["alice"]?.quota, 5);
});

test("two hosts set different fields of one entry", () => {
  const boxes = boxesOf(
    host("barn").global({ mailboxes: { boxes: { alice: { rights: { send: true } } } } }),
    host("mill").global({ mailboxes: { boxes: { alice: { rights: { receive: true } } } } }),
  );
  assert.deepEqual({ ...boxes["alice"]?.rights }, { send: true, receive: true });
});

test("force on a field touches that field alone", () => {
  const boxes = boxesOf(
    host("barn").global({ mailboxes: { boxes: { alice: { quota: 1, aliases: ["a"] }, bob: { quota: 2 } } } }),
    host("mill").global({ mailboxes: { boxes: { alice: { quota: force(9), aliases: ["b"] } } } }),
  );
  assert.deepEqual([boxes["alice"]?.quota, boxes["alice"]?.aliases, boxes["bob"]?.quota], [9, ["a", "b"], 2]);
});

test("merging is independent of the order in which hosts are loaded", () => {
  const hosts = ["barn", "mill", "orchard", "shed"].map((name) =>
    host(name).global({
      mailboxes: { boxes: { alice: { aliases: [name] }, [name]: { quota: name.length } } },
    }),
  );
  const wanted = JSON.stringify(evaluate(hosts).global.mailboxes.boxes["alice"]?.aliases);
  fc.assert(
    fc.property(fc.shuffledSubarray(hosts, { minLength: hosts.length }), (shuffled) => {
      assert.equal(JSON.stringify(evaluate(shuffled).global.mailboxes.boxes["alice"]?.aliases), wanted);
    }),
  );
});

test("a default may use the one host that defines the entry", () => {
  assert.equal(boxesOf(host("barn").global({ mailboxes: { boxes: { alice: {} } } }))["alice"]?.host, "barn");
});

test("where two hosts define the entry, the value must be given, and the error names both", () => {
  const boxes = boxesOf(
    host("barn").global({ mailboxes: { boxes: { alice: {} } } }),
    host("mill").global({ mailboxes: { boxes: { alice: {} } } }),
  );
  assert.equal(
    errorOf(() => boxes["alice"]?.host),
    [
      "option `mailboxes.boxes.alice.host` has 2 values of the same priority",
      '  at src/globals.test.ts:L:C: "barn"',
      '  at src/globals.test.ts:L:C: "mill"',
      "  hint: `barn` and `mill` both define this entry, and the default is for one: take it off one of them, or give the value plainly",
    ].join("\n"),
  );
});

test("values of no host have a host's rights", () => {
  const fleet = defineFleet({ uses: [mailInterface] }).global({ mailboxes: { domain: "croft.test" } });
  assert.equal(evaluate([host("barn")], fleet).global.mailboxes.domain, "croft.test");
});

test("a value of no host that needs a host says so", () => {
  const fleet = defineFleet({ uses: [mailInterface] }).global({ mailboxes: { boxes: { alice: {} } } });
  assert.equal(
    errorOf(() => evaluate([host("barn")], fleet).global.mailboxes.boxes["alice"]?.host),
    [
      "`host` is read for an entry of no host",
      "  at src/testing/modules.ts:L:C",
      "  hint: give the value plainly where the entry is defined, as hosts/fleet.ts is no host",
    ].join("\n"),
  );
});

test("computed entries follow the options of the host that lists the service", () => {
  const barn = defineHost("barn", { platform: bare, services: [proxy], uses: [webInterface] }).config({
    web: { sites: { blog: { root: "/srv" }, wiki: { root: "/srv" } } },
  });
  const boxes = evaluate([barn, host("mill")]).global.mailboxes.boxes;
  assert.deepEqual(Object.keys(boxes), ["blog", "wiki"]);
  assert.deepEqual([boxes["blog"]?.rights.send, boxes["blog"]?.host], [true, "barn"]);
});

test("an interface that is used twice counts once", () => {
  const barn = defineHost("barn", {
    platform: bare,
    services: [proxy],
    uses: [webInterface, mailInterface],
  }).config({
    web: { sites: { blog: { root: "/srv" } } },
  });
  assert.deepEqual([...evaluate([barn]).host("barn").modules].sort(), ["mailboxes", "proxy", "web"]);
  assert.deepEqual(evaluate([barn]).host("barn").check(), []);
});

const broken = (): readonly { readonly name: string; readonly error: CroftError }[] => [
  {
    name: "shed",
    error: new CroftError("host-load", "hosts/shed/host.ts does not parse", {
      at: ["hosts/shed/host.ts:1:3"],
    }),
  },
];

test("whoever reads a global option that a broken host could define fails with that host's error", () => {
  const reader = defineHost("barn", {
    platform: bare,
    services: [],
    uses: [mailInterface, webInterface],
  }).config({
    web: { name: ({ global }) => global.mailboxes.domain },
  });
  const fleet = evaluateFleet({
    hosts: [{ name: "barn", host: reader }, ...broken()],
    sources: diskSources(root),
  });
  assert.equal(
    errorOf(() => fleet.host("barn").config.web.name),
    [
      "host `shed` cannot be loaded, and this one reads global options that it could define",
      "  hosts/shed/host.ts does not parse",
      "    at hosts/shed/host.ts:L:C",
      "  at src/globals.test.ts:L:C",
    ].join("\n"),
  );
});

test("a host that reads no global option does not mind a broken one", () => {
  const apart = defineHost("barn", { platform: bare, services: [], uses: [mailInterface, webInterface] })
    .config({ web: { name: "barn" } })
    .global({ mailboxes: { boxes: { alice: {} } } });
  const fleet = evaluateFleet({
    hosts: [{ name: "barn", host: apart }, ...broken()],
    sources: diskSources(root),
  });
  assert.equal(fleet.host("barn").config.web.name, "barn");
  assert.deepEqual(fleet.host("barn").check(), []);
  assert.equal(
    errorOf(() => fleet.host("shed")),
    "hosts/shed/host.ts does not parse\n  at hosts/shed/host.ts:L:C",
  );
});

test("an entry that follows from another one is placed where that one is written", () => {
  const barn = host("barn").global({ mailboxes: { boxes: { alice: {} } } });
  const evaluation = evaluate([barn]);
  assert.deepEqual(evaluation.places("global.mailboxes.boxes.alice.host").map(places), [
    "src/globals.test.ts:L:C",
  ]);
  assert.deepEqual(
    evaluation.places("global.mailboxes.boxes.bob"),
    evaluation.places("global.mailboxes.boxes"),
  );
});

test("a value that names a host that does not exist is refused where it is written", () => {
  const barn = host("barn").global({ mailboxes: { boxes: { alice: { host: "bran" } } } });
  assert.equal(
    errorOf(() => evaluate([barn]).global.mailboxes.boxes["alice"]?.host),
    [
      "option `mailboxes.boxes.alice.host` names host `bran`, which does not exist",
      "  at src/globals.test.ts:L:C",
      "  hint: did you mean `barn`?",
    ].join("\n"),
  );
});
