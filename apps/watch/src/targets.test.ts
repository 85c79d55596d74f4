import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTargets } from "./targets.ts";

const target = {
  service: "notes",
  host: "mill",
  title: "Notes",
  port: "http",
  protocol: "tcp",
  scheme: "http",
  address: "127.0.0.1",
  number: 7081,
  url: "http://127.0.0.1:7081/",
};

test("targets are read as they are declared", () => {
  const { scheme: _scheme, url: _url, ...bare } = target;
  assert.deepEqual(parseTargets(JSON.stringify({ targets: [target, bare] })), [target, bare]);
});

test("the first field that is wrong is named", () => {
  const fails = (change: Readonly<Record<string, unknown>>, message: string) =>
    assert.throws(() => parseTargets(JSON.stringify({ targets: [target, { ...target, ...change }] })), {
      message,
    });
  fails({ protocol: "sctp" }, "`targets[1].protocol` is neither tcp nor udp");
  fails({ number: 70_000 }, "`targets[1].number` is no port");
  fails({ number: "80" }, "`targets[1].number` is no port");
  fails({ title: "" }, "`targets[1].title` is no text");
  fails({ host: null }, "`targets[1].host` is no text");
  fails({ url: "mill" }, "`targets[1].url` is no URL");
});

test("a file of another shape says so", () => {
  assert.throws(() => parseTargets("{"), { message: "this is not JSON" });
  assert.throws(() => parseTargets("[]"), { message: "`targets` is not a list" });
  assert.throws(() => parseTargets('{"targets":[1]}'), { message: "`targets[0]` is no target" });
});
