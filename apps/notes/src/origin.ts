import { type Call, Refusal } from "@croft/web";

/**
 * Refuses a request that a page of another origin made the browser send, with the cookie or password it knows.
 * Programs like curl send neither header. A browser lets no page set `X-Forwarded-Host` on another origin's request.
 */
export function refuseForeignPages(call: Call): void {
  const site = call.headers["sec-fetch-site"];
  const isForeign = site === undefined ? !isOwnOrigin(call) : site !== "same-origin" && site !== "none";
  if (isForeign) throw new Refusal(403, "this request comes from another site");
}

function isOwnOrigin(call: Call): boolean {
  const origin = call.headers.origin;
  if (origin === undefined) return true;
  const host = origin.replace(/^https?:\/\//, "");
  return host === call.headers.host || host === call.headers["x-forwarded-host"];
}
