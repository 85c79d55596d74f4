import assert from "node:assert/strict";
import { createServer as createHttp } from "node:http";
import { createServer as createTcp, type Server } from "node:net";
import { type TestContext, test } from "node:test";
import { probe } from "./probe.ts";
import type { Target } from "./targets.ts";

async function listen(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

function target(number: number, more: Partial<Target> = {}): Target {
  return {
    service: "x",
    host: "mill",
    title: "X",
    port: "p",
    protocol: "tcp",
    address: "127.0.0.1",
    number,
    ...more,
  };
}

async function find(one: Target, timeout = 5_000) {
  const { state, detail } = await probe(one, timeout);
  return `${state}: ${detail}`;
}

test("a page is up below status 500", async (t) => {
  const port = await listen(
    t,
    createHttp((request, response) => response.writeHead(Number(request.url?.slice(1))).end()),
  );
  const asked = (status: number) => find(target(port, { url: `http://127.0.0.1:${port}/${status}` }));
  assert.equal(await asked(200), "up: status 200");
  assert.equal(await asked(303), "up: status 303");
  assert.equal(await asked(404), "up: status 404");
  assert.equal(await asked(500), "down: status 500");
  assert.equal(await asked(503), "down: status 503");
});

test("a page without a URL is asked for at its address", async (t) => {
  const port = await listen(
    t,
    createHttp((_, response) => response.end()),
  );
  assert.equal(await find(target(port, { scheme: "http" })), "up: status 200");
});

test("any other port is up when it accepts a connection", async (t) => {
  const port = await listen(
    t,
    createTcp((socket) => socket.destroy()),
  );
  assert.equal(await find(target(port)), "up: accepts connections");
  assert.equal(await find(target(port, { url: `imaps://127.0.0.1:${port}/` })), "up: accepts connections");
  assert.equal(await find(target(port, { scheme: "http" })), "down: connection closed without an answer");
});

test("a port that nobody listens on is down", async () => {
  const closed = createTcp();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const address = closed.address();
  assert.ok(address !== null && typeof address === "object");
  await new Promise((resolve) => closed.close(resolve));
  assert.equal(await find(target(address.port)), "down: connection refused");
  assert.equal(await find(target(address.port, { scheme: "http" })), "down: connection refused");
});

test("a page that never answers is down when the time is up", async (t) => {
  const server = createTcp((socket) => t.after(() => socket.destroy()));
  const port = await listen(t, server);
  assert.equal(await find(target(port, { scheme: "http" }), 50), "down: no answer in time");
});

test("udp is not probed", async () => {
  assert.equal(await find(target(53, { protocol: "udp" })), "not probed: udp is not probed");
});
