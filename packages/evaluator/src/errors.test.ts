import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import {
  defineHost,
  defineInterface,
  each,
  every,
  type Host,
  type Option,
  option,
  type AnyHost,
} from "./index.ts";
import { bare, errorOf, evaluate, places } from "./testing/fleet.ts";
import { mailInterface, proxy, webInterface } from "./testing/modules.ts";

declare module "@croft/evaluator" {
  interface Options {
    odd: { readonly size: Option<number> };
  }
}

const barn = (): Host<"web" | "mailboxes"> =>
  defineHost("barn", { platform: bare, services: [], uses: [webInterface, mailInterface] });
const checked = (host: AnyHost): readonly string[] =>
  evaluate([host])
    .host(host.name)
    .check()
    .map(({ message }) => places(message));

test("a misspelt option is found without being read, with the nearest name", () => {
  assert.deepEqual(
    checked(
      barn().config({
        web: {
          // @ts-expect-error misspelt
          prot: 3,
        },
      }),
    ),
    ["option `web.prot` does not exist\n  at src/errors.test.ts:L:C\n  hint: did you mean `web.port`?"],
  );
});

test("nobody reads beside a misspelling as if it had not been written", () => {
  // @ts-expect-error misspelt
  const host = barn().config({ web: { prot: 3 } });
  assert.match(
    errorOf(() => evaluate([host]).host("barn").config.web.port),
    /^option `web\.prot` does not exist\n/,
  );
});

test("a misspelt option below a record, below each and below every is found", () => {
  const host = barn()
    // @ts-expect-error misspelt
    .config({ web: { sites: { a: { rot: "/" } } } })
    // @ts-expect-error misspelt
    .config({ web: { sites: each(() => ["b"], { inedx: "x" }) } })
    // @ts-expect-error misspelt
    .config({ web: { sites: every({ indexx: "x" }) } });
  assert.deepEqual(
    checked(host).map((text) => text.split("\n")[0]),
    [
      "option `web.sites.*.indexx` does not exist",
      "option `web.sites.*.inedx` does not exist",
      "option `web.sites.a.rot` does not exist",
    ],
  );
});

test("a module that is not used is told apart from one that does not exist", () => {
  const mill = defineHost("mill", { platform: bare, services: [proxy] });
  // @ts-expect-error the interface is not used here
  const used = mill.config({ web: { port: 1 } });
  assert.deepEqual(checked(used), [
    "`web` is not used here\n  at src/errors.test.ts:L:C\n  hint: `web` is an interface: add it to `uses`",
  ]);
  assert.deepEqual(
    // @ts-expect-error no such module
    checked(barn().config({ webb: { port: 1 } })),
    ["option `webb` does not exist\n  at src/errors.test.ts:L:C\n  hint: did you mean `web`?"],
  );
});

test("reading a module that is not used names the reader", () => {
  const host = defineHost("barn", { platform: bare, services: [], uses: [webInterface] });
  const other = defineHost("mill", { platform: bare, services: [], uses: [mailInterface] });
  // @ts-expect-error not used here
  const reader = host.config({ web: { name: ({ global }) => global.mailboxes.domain } });
  assert.equal(
    errorOf(() => evaluate([reader, other]).host("barn").config.web.name),
    "`mailboxes` is not used here\n  at src/errors.test.ts:L:C\n  hint: `mailboxes` is an interface: add it to `uses`",
  );
});

test("a wrong type names the part of the value and its place", () => {
  const host = barn().config({
    web: {
      // @ts-expect-error a number among texts
      tags: ["a", 3],
    },
  });
  assert.deepEqual(checked(host), [
    "option `web.tags[1]` is invalid: expected string, received number\n  at src/errors.test.ts:L:C",
  ]);
});

test("a value out of range says the range", () => {
  assert.deepEqual(checked(barn().config({ web: { port: 0 } })), [
    "option `web.port` is invalid: too small: expected number to be >=1\n  at src/errors.test.ts:L:C",
  ]);
});

test("a value that nothing gives is an error where it is read", () => {
  const host = barn().config({ web: { sites: { a: {} } } });
  assert.equal(
    errorOf(() => evaluate([host]).host("barn").config.web.sites["a"]?.root),
    [
      "option `web.sites.a.root` is read, and nothing gives it a value",
      "  at src/errors.test.ts:L:C",
      "  hint: set it in hosts/barn/host.ts",
    ].join("\n"),
  );
});

test("a missing entry is an error where it is read, with the nearest name", () => {
  const host = barn().config({
    web: { sites: { blog: { root: "/" } }, name: ({ config }) => config.web.sites["blgo"]?.root ?? "" },
  });
  assert.equal(
    errorOf(() => evaluate([host]).host("barn").config.web.name),
    [
      "entry `web.sites.blgo` does not exist",
      "  at src/errors.test.ts:L:C",
      "  hint: did you mean `web.sites.blog`?",
    ].join("\n"),
  );
});

test("a function where a record stands is told about each", () => {
  assert.deepEqual(
    // @ts-expect-error keys above an option are static
    checked(barn().config({ web: { sites: () => ({}) } })),
    [
      [
        "`web.sites` is a record, and a function stands there",
        "  at src/errors.test.ts:L:C",
        "  hint: write its entries, or `each(keys, { … })` for computed ones",
      ].join("\n"),
    ],
  );
});

test("a failed assertion of each kind is reported, not only the first", () => {
  const host = barn().config({
    assertions: {
      small: {
        holds: ({ config }) => config.web.port > 100,
        message: "the port is small",
        about: ["config.web.port"],
        hint: "raise it",
      },
      named: { holds: false, message: "the name is bad" },
      fine: { holds: true, message: "all is well" },
    },
    web: { port: 3 },
  });
  assert.deepEqual(checked(host), [
    "the name is bad",
    "the port is small\n  at src/errors.test.ts:L:C\n  hint: raise it",
  ]);
});

test("a host that does not exist has a nearest name", () => {
  assert.equal(
    errorOf(() => evaluate([barn()]).host("bran")),
    "host `bran` does not exist\n  hint: did you mean `barn`?",
  );
});

test("a module on two hosts prints the host beside the line, and says to move it", () => {
  const shared = mailInterface.global({
    mailboxes: { boxes: { a: { quota: ({ host }) => host.name.length } } },
  });
  const hosts = ["barn", "orchard"].map((name) =>
    defineHost(name, { platform: bare, services: [], uses: [shared] }),
  );
  assert.equal(
    errorOf(() => evaluate(hosts).global.mailboxes.boxes["a"]?.quota),
    [
      "option `mailboxes.boxes.a.quota` has 2 values of the same priority",
      "  at src/errors.test.ts:L:C on host `barn`: 4",
      "  at src/errors.test.ts:L:C on host `orchard`: 7",
      "  hint: one module on `barn` and `orchard` gives both: list it on one host only, or give each an entry of its own",
    ].join("\n"),
  );
});

test("two modules of one name break the host that brings the second", () => {
  const other = defineInterface("web", { options: {} as never });
  const hosts = [barn(), defineHost("mill", { platform: bare, services: [], uses: [other] })];
  assert.equal(
    errorOf(() => evaluate(hosts).host("mill")),
    [
      "two modules are named `web`",
      "  at src/testing/modules.ts:L:C",
      "  at src/errors.test.ts:L:C",
      "  hint: give one of them another name; where they are meant to be one, use what its last `.config` or `.global` returns",
    ].join("\n"),
  );
  assert.deepEqual(evaluate(hosts).host("barn").check(), []);
});

test("an option of a module that nothing gives a value names the module", () => {
  assert.equal(
    errorOf(() => evaluate([barn()]).host("barn").config.web.name),
    [
      "option `web.name` is read, and nothing gives it a value",
      "  at src/testing/modules.ts:L:C",
      "  hint: set it in hosts/barn/host.ts",
    ].join("\n"),
  );
});

test("a default that its own schema refuses is told as such", () => {
  const odd = defineInterface("odd", {
    options: { size: option(z.int().min(5), { description: "Size.", default: 1 }) },
  });
  const host = defineHost("barn", { platform: bare, services: [], uses: [odd] });
  assert.equal(
    errorOf(() => evaluate([host]).host("barn").config.odd.size),
    [
      "the default of option `odd.size` is invalid: too small: expected number to be >=5",
      "  at src/errors.test.ts:L:C",
      "  hint: correct the `default` where the option is declared",
    ].join("\n"),
  );
});

test("a function that never ends has its place", () => {
  const forever = (): number => forever() + 1;
  const host = barn().config({ web: { port: forever } });
  assert.equal(
    errorOf(() => evaluate([host]).host("barn").config.web.port),
    "a function in a definition threw: Maximum call stack size exceeded\n  at src/errors.test.ts:L:C",
  );
});

test("what types would refuse is refused again: modules of the wrong kind, no platform, no option", () => {
  const defined = (define: () => unknown): string => errorOf(define);
  assert.equal(
    // @ts-expect-error an interface is used, not listed
    defined(() => defineHost("barn", { platform: bare, services: [webInterface] })),
    "`services` of host `barn` holds `web`, which is no service\n  hint: list what `defineService` returned, such as `services: [notes]`",
  );
  assert.equal(
    // @ts-expect-error no list
    defined(() => defineHost("barn", { platform: bare, services: proxy })),
    "`services` of host `barn` is no list\n  hint: list what `defineService` returned, such as `services: [notes]`",
  );
  assert.equal(
    // @ts-expect-error no platform
    defined(() => defineHost("barn", { platform: "debian", services: [] })),
    'host `barn` has no platform\n  hint: write `platform: debian({ address: "root@…" })`',
  );
  assert.equal(
    // @ts-expect-error a schema without its option
    defined(() => defineInterface("odd", { options: { size: z.int() } })),
    '`odd.size` is no option\n  hint: write `option(schema, { description: "…" })`, or `dict({ … })` for a record of entries',
  );
});
