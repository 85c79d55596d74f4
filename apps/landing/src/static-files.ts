import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { type Call, type Handler, Refusal, type Reply, textReply } from "@croft/web";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * Serves the files in a folder, and nothing else: names that begin with a dot, and every way up, are not found.
 * Links are followed, since an activated configuration may be made of them.
 */
export function staticFiles(folder: string): Handler {
  return async (call) => {
    if (call.method !== "GET") throw new Refusal(405, "only GET and HEAD work here", { allow: "GET, HEAD" });
    if (call.url.pathname === "/healthz") return textReply("ok");
    const names = namesIn(call.url.pathname);
    const file = names === undefined ? undefined : join(folder, ...names);
    const body = file === undefined ? undefined : await readRegularFile(file);
    if (file === undefined || body === undefined) throw new Refusal(404, "there is nothing here");
    return fileReply(call, body, types[extname(file)] ?? "application/octet-stream");
  };
}

/** The steps from the folder to a file, or nothing when one of them is not a plain name. */
function namesIn(path: string): readonly string[] | undefined {
  const steps = (path.endsWith("/") ? `${path}index.html` : path).slice(1).split("/");
  const names = steps.map(decode);
  return names.every((name): name is string => name !== undefined && isPlainName(name)) ? names : undefined;
}

function decode(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}

function isPlainName(name: string): boolean {
  return name !== "" && !name.startsWith(".") && !/[/\\\0]/.test(name);
}

async function readRegularFile(file: string): Promise<Buffer | undefined> {
  try {
    return (await stat(file)).isFile() ? await readFile(file) : undefined;
  } catch {
    return undefined;
  }
}

function fileReply(call: Call, body: Buffer, type: string): Reply {
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = { etag, "cache-control": "no-cache" };
  if (matches(call.headers["if-none-match"], etag)) return { status: 304, headers, body: "" };
  return { status: 200, headers: { "content-type": type, ...headers }, body };
}

function matches(known: string | undefined, etag: string): boolean {
  const tags = known?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return tags.includes(etag) || tags.includes("*");
}
