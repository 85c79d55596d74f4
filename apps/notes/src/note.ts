import { createHash } from "node:crypto";

/** A note: a text in markdown, under an id that is also the name of its file. */
export interface Note {
  readonly id: string;
  readonly text: string;
  readonly modified: Date;
}

/** The longest text of a note, in bytes. */
export const longestNote = 256 * 1024;

/** Says whether a text may be an id: lower case letters, digits and dashes, so that it is a plain file name anywhere. */
export function isNoteId(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text);
}

/** The first line with words in it, without the signs of a markdown heading. */
export function titleOf(text: string): string {
  const line = text.split("\n").find((candidate) => candidate.replace(/^#+/, "").trim() !== "");
  return line === undefined
    ? "Untitled"
    : line
        .replace(/^#+\s*/, "")
        .trim()
        .slice(0, 120);
}

/** What follows the title, on one line. */
export function excerptOf(text: string): string {
  const lines = text.split("\n");
  const title = lines.findIndex((line) => line.replace(/^#+/, "").trim() !== "");
  return lines
    .slice(title + 1)
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 160);
}

/** Tells versions of a text apart. */
export function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** An id made of a title, and of a number when it is not the first try. */
export function idFor(text: string, attempt: number): string {
  const words = titleOf(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug =
    words
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, 48)
      .replace(/^-|-$/g, "") || "note";
  return attempt === 1 ? slug : `${slug}-${attempt}`;
}

/** Says whether every word of the query stands in the note, whatever its case. */
export function isFoundBy(note: Note, query: string): boolean {
  const text = note.text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
