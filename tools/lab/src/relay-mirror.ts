import { createServer as createHttpServer, request } from "node:http";
import { createConnection, createServer, type Server } from "node:net";
import { joinStreams } from "./relay-streams.ts";

/** Listens at a Unix socket (or a port) for connections that are meant for `mirror`, and hands them on. */
export function listenForMirror(socket: string | number, mirror: URL, proxy?: URL): Server {
  return serverFor(mirror, proxy).listen(socket);
}

/** The port of an address, also where it is the scheme's own. */
export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

function serverFor(mirror: URL, proxy: URL | undefined): Server {
  if (proxy === undefined) return direct(mirror);
  return mirror.protocol === "https:" ? tunnel(mirror, proxy) : forward(mirror, proxy);
}

function direct(mirror: URL): Server {
  return createServer({ allowHalfOpen: true }, (host) => {
    joinStreams(host, createConnection({ host: mirror.hostname, port: portOf(mirror), allowHalfOpen: true }));
  });
}

/** Https through a proxy: the proxy connects, and sees nothing of what is said. */
function tunnel(mirror: URL, proxy: URL): Server {
  return createServer((host) => {
    const path = `${mirror.hostname}:${portOf(mirror)}`;
    const opening = request({ ...address(proxy), headers: login(proxy), method: "CONNECT", path });
    opening.on("connect", (_, outside) => joinStreams(host, outside));
    opening.on("error", () => host.destroy());
    opening.end();
  });
}

/** Http through a proxy: the proxy wants whole addresses where a mirror gets paths. */
function forward(mirror: URL, proxy: URL): Server {
  return createHttpServer((incoming, outgoing) => {
    const path = `${mirror.origin}${incoming.url ?? "/"}`;
    const headers = { ...incoming.headers, host: mirror.host, ...login(proxy) };
    const asking = request({ ...address(proxy), method: incoming.method ?? "GET", path, headers });
    asking.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    asking.on("error", () => outgoing.destroy());
    incoming.pipe(asking);
  });
}

function address(proxy: URL): { readonly host: string; readonly port: number } {
  return { host: proxy.hostname, port: portOf(proxy) };
}

function login({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
