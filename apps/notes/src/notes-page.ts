import { type Html, html, mark, page } from "@croft/web";
import { excerptOf, type Note, titleOf, versionOf } from "./note.ts";

/** What a page with the list of notes shows. */
type Shown = {
  readonly user: string;
  /** The form token of the session. */
  readonly token: string;
  readonly query: string;
  readonly notes: readonly Note[];
} & (
  | { readonly place: "list" | "new" }
  | { readonly place: "note"; readonly note: Note; readonly text: string; readonly notice?: string }
);

/** The list of notes and, beside it, the note that is open or a new one. */
export function editorPage(shown: Shown): Html {
  const title = shown.place === "note" ? titleOf(shown.text) : shown.place === "new" ? "New note" : "Notes";
  return page({
    title: title === "Notes" ? title : `${title} · Notes`,
    body: html`<header class="bar">
        <a class="brand" href="/">${mark} Notes</a>
        <form class="who" method="post" action="/logout">
          <span class="quiet">${shown.user}</span>
          ${hidden("token", shown.token)}
          <button class="button plain">Log out</button>
        </form>
      </header>
      <div class="desk at-${shown.place}">
        <nav aria-label="Notes">${finder(shown)} ${list(shown)}</nav>
        <main>${shown.place === "note" ? openNote(shown) : newNote(shown.token)}</main>
      </div>`,
  });
}

/** A page that says what went wrong, with a way back. */
export function problemPage(problem: string): Html {
  return page({
    title: "Notes",
    body: html`<main class="login">
      <div class="sheet">
        ${mark}
        <h1>That did not work</h1>
        <p>${problem}</p>
        <a class="button" href="/">Back to the notes</a>
      </div>
    </main>`,
  });
}

function finder({ query }: Shown): Html {
  return html`<div class="finder">
    <form role="search" action="/">
      <input type="search" name="q" value="${query}" placeholder="Search" aria-label="Search the notes" />
    </form>
    <a class="button" href="/new">New note</a>
  </div>`;
}

function list(shown: Shown): Html {
  if (shown.notes.length === 0) {
    return html`<p class="quiet none">
      ${shown.query === "" ? "No notes yet." : `Nothing found for “${shown.query}”.`}
    </p>`;
  }
  const open = shown.place === "note" ? shown.note.id : undefined;
  return html`<ul class="notes">
    ${shown.notes.map((note) => entry(note, shown.query, note.id === open))}
  </ul>`;
}

function entry(note: Note, query: string, isOpen: boolean): Html {
  const search = query === "" ? "" : `?q=${encodeURIComponent(query)}`;
  return html`<li>
    <a href="/notes/${note.id}${search}" ${isOpen && html`aria-current="page"`}>
      <b>${titleOf(note.text)}</b>
      <span class="quiet excerpt">${excerptOf(note.text)}</span>
      <small class="quiet">${time(note.modified)}</small>
    </a>
  </li>`;
}

function newNote(token: string): Html {
  return html`<form class="sheet" method="post" action="/notes">
    ${hidden("token", token)} ${textarea("")}
    <div class="actions"><button class="button">Keep</button></div>
  </form>`;
}

function openNote({ note, text, notice, token }: Shown & { readonly place: "note" }): Html {
  return html`<form class="sheet" method="post" action="/notes/${note.id}">
      ${notice !== undefined && html`<p class="notice" role="status">${notice}</p>`} ${hidden("token", token)}
      ${hidden("version", versionOf(note.text))} ${textarea(text)}
      <div class="actions">
        <button class="button">Save</button>
        <small class="quiet">Changed ${time(note.modified)}</small>
      </div>
    </form>
    <details class="delete">
      <summary>Delete…</summary>
      <form method="post" action="/notes/${note.id}/delete">
        ${hidden("token", token)}
        <button class="button danger">Delete for good</button>
      </form>
    </details>`;
}

/** The line break after the tag is dropped by browsers, so that a text may begin with one of its own. */
function textarea(text: string): Html {
  return html`<textarea
    name="text"
    aria-label="Text"
    required
    placeholder="# Title

Write in markdown, or as you like."
  >
${text}</textarea>`;
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

function time(date: Date): Html {
  const shown = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(date);
  return html`<time datetime="${date.toISOString()}">${shown}</time>`;
}
