import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyHost, defineHost, diskSources, evaluateFleet } from "@croft/evaluator";
import { netsrv } from "@croft/netsrv";
import { secrets } from "@croft/secrets";
import { debian } from "./debian.ts";

const evaluate = (...hosts: readonly AnyHost[]) =>
  evaluateFleet({
    hosts: hosts.map((host) => ({ name: host.name, host })),
    sources: diskSources(import.meta.dirname),
  });
const complaints = (host: AnyHost): readonly string[] =>
  evaluate(host)
    .host(host.name)
    .check()
    .map(({ message }) => message.replaceAll(/:\d+:\d+/g, ":L:C"));
const barn = () =>
  defineHost("barn", {
    platform: debian({ address: "root@10.0.0.4:2222" }),
    services: [],
    uses: [netsrv, secrets],
  }).global({ secrets: { specs: { key: { random: { length: 8 } } } } });

test("other hosts reach a host where ssh does, unless it says otherwise", () => {
  const addressOf = (host: AnyHost) => Object.values(evaluate(host).global.netsrv.hosts)[0];
  assert.deepEqual({ ...(addressOf(barn()) as object | undefined) }, { address: "10.0.0.4" });
  const named = barn().global({ netsrv: { hosts: { barn: { address: "10.9.9.9" } } } as never });
  assert.deepEqual({ ...(addressOf(named) as object | undefined) }, { address: "10.9.9.9" });
});

test("a mount on a host that does not exist is refused where it is written", () => {
  assert.deepEqual(complaints(barn().global({ secrets: { mounts: { key: { host: "bran" } } } })), [
    [
      "option `secrets.mounts.key.host` names host `bran`, which does not exist",
      "  at interface.test.ts:L:C",
      "  hint: did you mean `barn`?",
    ].join("\n"),
  ]);
});

test("a mount that restarts a unit that the host does not have is refused", () => {
  const host = barn()
    .config({ linux: { services: { web: { execStart: "/usr/bin/web" } } } })
    .global({ secrets: { mounts: { key: { restart: ["web.service", "wev.service"] } } } });
  assert.deepEqual(complaints(host), [
    [
      "unit `wev.service` does not exist on host `barn`",
      "  at interface.test.ts:L:C",
      "  hint: did you mean `web.service`?",
    ].join("\n"),
  ]);
});

test("a mount lies where its name says, and its name leads nowhere else", () => {
  assert.deepEqual(complaints(barn().global({ secrets: { mounts: { key: { path: "/run/elsewhere" } } } })), [
    [
      "mount `key` cannot lie at `/run/elsewhere`",
      "  at interface.test.ts:L:C",
      "  hint: leave `path` out: it is `/run/croft/secrets/key`",
    ].join("\n"),
  ]);
  assert.equal(
    complaints(barn().global({ secrets: { mounts: { "../key": { secret: "key" } } } }))[0]?.split("\n")[0],
    'mount has the name "../key", which cannot be a path',
  );
});

test("a host that waits for one that does not exist is refused", () => {
  assert.deepEqual(complaints(barn().config({ deploy: { after: ["barn", "mill"] } })), [
    [
      "option `deploy.after` names host `mill`, which does not exist",
      "  at interface.test.ts:L:C",
      "  hint: there is `barn`",
    ].join("\n"),
  ]);
});
