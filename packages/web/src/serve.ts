import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Listen } from "./environment.ts";
import { Refusal } from "./refusal.ts";
import { type Reply, securityHeaders, textReply } from "./reply.ts";
import { StartFailure } from "./start-failure.ts";

/** One request, as handlers see it. */
export interface Call {
  /** In capitals; `HEAD` arrives as `GET`, since only the body of the reply differs. */
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** The address at the other end of the connection. */
  readonly peer: string;
  /** The whole body; throws a {@link Refusal} (413) when it is longer than `limit` bytes. */
  body(limit: number): Promise<Buffer>;
}

/** Answers a request; a thrown {@link Refusal} becomes its status, anything else thrown becomes 500 and is logged. */
export type Handler = (call: Call) => Reply | Promise<Reply>;

/** A program that accepts connections. */
export interface Serving {
  readonly url: string;
  /** Accepts nothing more, lets running requests finish for up to three seconds, then resolves. */
  close(): Promise<void>;
}

const patience = 3_000;

/** Serves `handler` at an address; resolves when connections are accepted, throws a {@link StartFailure} if it cannot. */
export async function serve(handler: Handler, { host, port }: Listen): Promise<Serving> {
  let closing = false;
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    answer(handler, request)
      .then((reply) => {
        if (closing) response.setHeader("connection", "close");
        send(reply, request, response);
      })
      .catch((error: unknown) => {
        console.error(error);
        response.destroy();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(describeListening(error, host, port)));
    server.listen(port, host, resolve);
  });
  // A server that listens on TCP has an address of this shape.
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        const impatience = setTimeout(() => server.closeAllConnections(), patience);
        server.close(() => {
          clearTimeout(impatience);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answer(handler: Handler, request: IncomingMessage): Promise<Reply> {
  try {
    return await handler(callOf(request));
  } catch (error) {
    if (error instanceof Refusal) return textReply(error.message, error.status, error.headers);
    console.error(error);
    return textReply("something went wrong here; the log says what", 500);
  }
}

function callOf(request: IncomingMessage): Call {
  return {
    method: request.method === "HEAD" ? "GET" : (request.method ?? "GET"),
    url: urlOf(request),
    headers: request.headers,
    peer: request.socket.remoteAddress ?? "",
    body: (limit) => bodyOf(request, limit),
  };
}

function urlOf(request: IncomingMessage): URL {
  const target = request.url ?? "/";
  try {
    // Only path and query are ever used; the base stands in for the host, which is the client's claim.
    return new URL(target.startsWith("/") ? `http://localhost${target}` : target);
  } catch {
    throw new Refusal(400, "this is not an address");
  }
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLong = () =>
    new Refusal(413, `the request is longer than ${limit} bytes`, { connection: "close" });
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request yields buffers.
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > limit) throw tooLong();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  const length =
    reply.status === 204 || reply.status === 304 ? {} : { "content-length": Buffer.byteLength(reply.body) };
  response.writeHead(reply.status, { ...securityHeaders, ...length, ...reply.headers });
  response.end(request.method === "HEAD" ? undefined : reply.body);
}

function describeListening(error: NodeJS.ErrnoException, host: string, port: number): StartFailure {
  switch (error.code) {
    case "EADDRINUSE":
      return new StartFailure(`port ${port} of ${host} is taken by another program`);
    case "EACCES":
      return new StartFailure(`port ${port} of ${host} may not be opened by this user`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartFailure(`\`${host}\` is no address of this machine`);
    default:
      return new StartFailure(`cannot listen on ${host}:${port}: ${error.message}`);
  }
}
