import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { connect, type AddressInfo, type Server } from "node:net";
import { test, type TestContext } from "node:test";
import { listenForMirror } from "./relay-mirror.ts";
import { joinStreams } from "./relay-streams.ts";

test("a mirror is met through the relay as if it were there", async (t) => {
  const mirror = await open(
    t,
    createServer((asked, answer) => answer.end(`${asked.url} at ${asked.headers.host}`)),
  );
  const relay = await open(t, listenForMirror(0, new URL(`http://127.0.0.1:${mirror}`)));
  assert.equal(await get(relay, "/debian/x"), "/debian/x at mirror.test");
});

test("a proxy for http is asked for the mirror's whole address, with its password", async (t) => {
  const password = ["not", "really"].join("-");
  const proxy = await open(
    t,
    createServer((asked, answer) => {
      const login = Buffer.from(asked.headers["proxy-authorization"]?.slice("Basic ".length) ?? "", "base64");
      answer.end(`${asked.url} at ${asked.headers.host} for ${login.toString()}`);
    }),
  );
  const relay = await open(
    t,
    listenForMirror(0, new URL("http://mirror.test"), new URL(`http://apt:${password}@127.0.0.1:${proxy}`)),
  );
  assert.equal(await get(relay, "/x"), `http://mirror.test/x at mirror.test for apt:${password}`);
});

test("a proxy for https is told to connect to the mirror, and to no other", async (t) => {
  const mirror = await open(
    t,
    createServer((_, answer) => answer.end("tunnelled")),
  );
  const asked: string[] = [];
  const server = createServer().on("connect", (opening, host) => {
    asked.push(opening.url ?? "");
    host.write("HTTP/1.1 200 OK\r\n\r\n");
    joinStreams(host, connect(mirror, "127.0.0.1"));
  });
  const proxy = await open(t, server);
  const relay = await open(
    t,
    listenForMirror(0, new URL("https://mirror.test"), new URL(`http://127.0.0.1:${proxy}`)),
  );
  assert.equal(await get(relay, "/"), "tunnelled");
  assert.deepEqual(asked, ["mirror.test:443"]);
});

test("a mirror that does not answer closes the connection", async (t) => {
  const relay = await open(t, listenForMirror(0, new URL("http://127.0.0.1:1")));
  await assert.rejects(get(relay, "/"), { code: "ECONNRESET" });
});

/** Listens on a free port of the loopback network until the test ends. */
async function open(t: TestContext, server: Server): Promise<number> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port; // It listens on TCP.
}

function get(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: "127.0.0.1", path, headers: { host: "mirror.test" }, agent: false });
    asking.on("error", reject);
    asking.on("response", async (answer) => resolve((await answer.toArray()).join("")));
    asking.end();
  });
}
