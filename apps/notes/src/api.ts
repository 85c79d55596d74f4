import { type Call, emptyReply, jsonReply, Refusal, type Reply } from "@croft/web";
import { noteTextOf } from "./body.ts";
import { excerptOf, isNoteId, type Note, titleOf, versionOf } from "./note.ts";
import type { Expectation, Notebook } from "./notebook.ts";
import { refuseForeignPages } from "./origin.ts";

const prefix = "/api/notes";

/** Says whether a request is meant for the API. */
export function isForApi(call: Call): boolean {
  return call.url.pathname === "/api" || call.url.pathname.startsWith("/api/");
}

/** Answers the JSON API: a collection at `/api/notes`, a note at `/api/notes/<id>`. */
export async function api(call: Call, notebook: Notebook): Promise<Reply> {
  if (call.method !== "GET") refuseForeignPages(call);
  const path = call.url.pathname;
  if (path === prefix) return collection(call, notebook);
  const id = path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : "";
  if (!isNoteId(id)) throw new Refusal(404, "there is nothing here");
  return single(call, notebook, id);
}

async function collection(call: Call, notebook: Notebook): Promise<Reply> {
  switch (call.method) {
    case "GET": {
      const notes = await notebook.list(call.url.searchParams.get("q") ?? "");
      return jsonReply({
        notes: notes.map((note) => ({ ...describe(note), excerpt: excerptOf(note.text) })),
      });
    }
    case "POST": {
      const note = await notebook.create(await noteTextOf(call));
      return noteReply(note, 201, { location: `${prefix}/${note.id}` });
    }
    default:
      throw new Refusal(405, "use GET or POST", { allow: "GET, HEAD, POST" });
  }
}

async function single(call: Call, notebook: Notebook, id: string): Promise<Reply> {
  switch (call.method) {
    case "GET": {
      const note = await notebook.read(id);
      if (note === undefined) throw new Refusal(404, `there is no note \`${id}\``);
      return noteReply(note, 200);
    }
    case "PUT": {
      const saved = await notebook.save(id, await noteTextOf(call), expectationOf(call));
      if (saved.outcome === "conflict") throw new Refusal(412, "the note is not the one you expect");
      return noteReply(saved.note, saved.outcome === "created" ? 201 : 200);
    }
    case "DELETE":
      if (!(await notebook.remove(id))) throw new Refusal(404, `there is no note \`${id}\``);
      return emptyReply();
    default:
      throw new Refusal(405, "use GET, PUT or DELETE", { allow: "GET, HEAD, PUT, DELETE" });
  }
}

/** `If-Match` with an `ETag` saves over that version alone, `If-None-Match: *` only where no note is. */
function expectationOf(call: Call): Expectation {
  if (call.headers["if-none-match"] === "*") return "none";
  const version = call.headers["if-match"];
  return version === undefined ? "any" : { version: version.replace(/^"|"$/g, "") };
}

function noteReply(note: Note, status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  const body = { ...describe(note), text: note.text };
  return jsonReply(body, status, { etag: `"${versionOf(note.text)}"`, ...headers });
}

function describe(note: Note): { readonly id: string; readonly title: string; readonly modified: string } {
  return { id: note.id, title: titleOf(note.text), modified: note.modified.toISOString() };
}
