import type { Html } from "./html.ts";

/** What a handler answers with; headers here stand beside {@link securityHeaders} and may replace them. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** More headers for a reply. */
export type Headers = Readonly<Record<string, string>>;

/** What every reply carries: no script, nothing from elsewhere, no frames, no guessing of types. */
export const securityHeaders: Headers = {
  "content-security-policy": [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** A page, never stored by caches, since it may show what is private. */
export function pageReply(markup: Html, status = 200, headers: Headers = {}): Reply {
  return reply(status, "text/html; charset=utf-8", markup.text, { "cache-control": "no-store", ...headers });
}

/** One line of plain text. */
export function textReply(text: string, status = 200, headers: Headers = {}): Reply {
  return reply(status, "text/plain; charset=utf-8", `${text}\n`, { "cache-control": "no-store", ...headers });
}

/** A value as JSON, laid out for people who use curl. */
export function jsonReply(value: unknown, status = 200, headers: Headers = {}): Reply {
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  return reply(status, "application/json; charset=utf-8", text, { "cache-control": "no-store", ...headers });
}

/** A stylesheet, which browsers may keep for five minutes. */
export function styleReply(css: string): Reply {
  return reply(200, "text/css; charset=utf-8", css, { "cache-control": "max-age=300" });
}

/** Nothing to show, as after a deletion. */
export function emptyReply(headers: Headers = {}): Reply {
  return { status: 204, headers, body: "" };
}

/** Sends the browser to another page of this program, which it then asks for with GET. */
export function redirect(to: string, headers: Headers = {}): Reply {
  return { status: 303, headers: { location: to, "cache-control": "no-store", ...headers }, body: "" };
}

function reply(status: number, type: string, body: string, headers: Headers): Reply {
  return { status, headers: { "content-type": type, ...headers }, body };
}
