import { type Call, Refusal } from "@croft/web";
import { longestNote } from "./note.ts";

/** What a form sent. */
export async function formOf(call: Call): Promise<URLSearchParams> {
  if (mediaType(call) !== "application/x-www-form-urlencoded") throw new Refusal(415, "this is not a form");
  // In a form every byte may take three.
  return new URLSearchParams((await call.body(3 * longestNote + 4_096)).toString("utf8"));
}

/** The text of a note as the API takes it: the body itself, or `text` in a JSON object. */
export async function noteTextOf(call: Call): Promise<string> {
  const type = mediaType(call);
  if (type === "text/markdown" || type === "text/plain") return checked(decode(await call.body(longestNote)));
  if (type !== "application/json") {
    throw new Refusal(415, "send text/markdown, or application/json with the field `text`");
  }
  // JSON may write one byte of text as six.
  return checked(textIn(decode(await call.body(6 * longestNote + 4_096))));
}

/** The text with line ends as files have them; throws a {@link Refusal} when it is too long or empty. */
export function checked(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n");
  if (lines.trim() === "") throw new Refusal(400, "a note needs some text");
  if (Buffer.byteLength(lines) > longestNote)
    throw new Refusal(413, `a note has at most ${longestNote} bytes`);
  return lines;
}

function mediaType(call: Call): string {
  return (call.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, "this is not UTF-8");
  }
}

function textIn(json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Refusal(400, "this is not JSON");
  }
  if (typeof value === "object" && value !== null && "text" in value && typeof value.text === "string")
    return value.text;
  throw new Refusal(400, "the field `text` is missing or no text");
}
