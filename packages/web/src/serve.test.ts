import assert from "node:assert/strict";
import { createConnection, createServer } from "node:net";
import { type TestContext, test } from "node:test";
import { Refusal } from "./refusal.ts";
import { textReply } from "./reply.ts";
import { type Handler, serve } from "./serve.ts";

async function start(t: TestContext, handler: Handler): Promise<string> {
  const serving = await serve(handler, { host: "127.0.0.1", port: 0 });
  t.after(() => serving.close());
  return serving.url;
}

test("every reply carries the security headers", async (t) => {
  const url = await start(t, () => textReply("hello"));
  const { headers } = await fetch(url);
  assert.equal(
    headers.get("content-security-policy"),
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("x-frame-options"), "DENY");
  assert.equal(headers.get("x-powered-by"), null);
});

test("HEAD is answered like GET, without the body", async (t) => {
  const url = await start(t, (call) => textReply(call.method));
  const head = await fetch(url, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-length"), "4");
  assert.equal(await head.text(), "");
});

test("a body longer than the limit is refused, whether its length is announced or not", async (t) => {
  const url = await start(t, async (call) => textReply(String((await call.body(10)).length)));
  const send = async (body: string | ReadableStream) => {
    const reply = await fetch(url, { method: "POST", body, duplex: "half" });
    return `${reply.status} ${await reply.text()}`;
  };
  const stream = (text: string) => new Blob([text]).stream();
  assert.equal(await send("0123456789"), "200 10\n");
  assert.equal(await send(stream("0123456789")), "200 10\n");
  assert.equal(await send("0123456789a"), "413 the request is longer than 10 bytes\n");
  assert.equal(await send(stream("0123456789a")), "413 the request is longer than 10 bytes\n");
});

test("a refusal becomes its status, any other error becomes 500 and tells nothing", async (t) => {
  const logged = t.mock.method(console, "error", () => {});
  const url = await start(t, (call) => {
    throw call.url.pathname === "/secret"
      ? new Error("the password is swordfish")
      : new Refusal(418, "no coffee");
  });
  assert.equal((await fetch(url)).status, 418);
  const broken = await fetch(new URL("/secret", url));
  assert.equal(broken.status, 500);
  assert.equal(await broken.text(), "something went wrong here; the log says what\n");
  assert.equal(logged.mock.callCount(), 1);
});

test("a target that is no address is a bad request", async (t) => {
  const url = new URL(await start(t, () => textReply("hello")));
  const reply = await new Promise<string>((resolve, reject) => {
    const socket = createConnection({ host: url.hostname, port: Number(url.port) }, () => {
      socket.end("GET nonsense HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    });
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    socket.on("error", reject).on("close", () => resolve(text));
  });
  assert.match(reply, /^HTTP\/1\.1 400 /);
});

test("a taken port is one line that names it", async (t) => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, "127.0.0.1", resolve));
  t.after(() => squatter.close());
  const address = squatter.address();
  assert.ok(address !== null && typeof address === "object");
  await assert.rejects(
    serve(() => textReply("hello"), { host: "127.0.0.1", port: address.port }),
    {
      name: "StartFailure",
      message: `port ${address.port} of 127.0.0.1 is taken by another program`,
    },
  );
});

test("closing lets a running request finish", async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const serving = await serve(
    async () => {
      ask();
      await finished;
      return textReply("done");
    },
    { host: "127.0.0.1", port: 0 },
  );
  const reply = fetch(serving.url).then((answer) => answer.text());
  await asked;
  const closed = serving.close();
  finish();
  assert.equal(await reply, "done\n");
  await closed;
  await assert.rejects(fetch(serving.url));
});
