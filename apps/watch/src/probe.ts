import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { connect } from "node:net";
import type { Target } from "./targets.ts";

/** What one look at a target found; `detail` says it in a few words. */
export interface Finding {
  readonly state: "up" | "down" | "not probed";
  readonly detail: string;
  /** How long the answer took. */
  readonly milliseconds?: number;
}

/** Looks at a target once: a page is up below status 500, any other TCP port when it accepts a connection. */
export async function probe(target: Target, timeout: number): Promise<Finding> {
  if (target.protocol === "udp") return { state: "not probed", detail: "udp is not probed" };
  const started = performance.now();
  try {
    const page = pageOf(target);
    const finding = page === undefined ? await accepts(target, timeout) : await answers(page, timeout);
    return { ...finding, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    return { state: "down", detail: describe(error) };
  }
}

/** The page to ask for, if the port speaks HTTP. */
function pageOf(target: Target): URL | undefined {
  const address = target.address.includes(":") ? `[${target.address}]` : target.address;
  const url = new URL(target.url ?? `${target.scheme ?? "tcp"}://${address}:${target.number}/`);
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
}

function answers(url: URL, timeout: number): Promise<Finding> {
  const get = url.protocol === "https:" ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const request = get(url, {
      agent: false,
      signal: AbortSignal.timeout(timeout),
      headers: { "user-agent": "croft-watch" },
    });
    request.on("error", reject);
    request.on("response", (response: IncomingMessage) => {
      // The status is all that counts; the rest need not travel.
      response.on("error", () => undefined).destroy();
      const status = response.statusCode ?? 0;
      resolve({ state: status < 500 ? "up" : "down", detail: `status ${status}` });
    });
  });
}

function accepts(target: Target, timeout: number): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: target.address,
      port: target.number,
      signal: AbortSignal.timeout(timeout),
    });
    socket.on("error", reject);
    socket.on("connect", () => {
      socket.destroy();
      resolve({ state: "up", detail: "accepts connections" });
    });
  });
}

const words: Readonly<Record<string, string>> = {
  ABORT_ERR: "no answer in time",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed without an answer",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ENOTFOUND: "name not found",
  EAI_AGAIN: "name not found",
  ETIMEDOUT: "no answer in time",
};

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    words[code] ??
    (error.name === "AbortError" || error.name === "TimeoutError"
      ? "no answer in time"
      : error.message || code)
  );
}
