import {
  type Call,
  type Handler,
  jsonReply,
  pageReply,
  redirect,
  Refusal,
  type Reply,
  styleReply,
  textReply,
} from "@croft/web";
import { api, isForApi } from "./api.ts";
import { checked, formOf } from "./body.ts";
import type { Gate, Visitor } from "./gate.ts";
import { loginPage } from "./login-page.ts";
import { isNoteId } from "./note.ts";
import type { Notebook } from "./notebook.ts";
import type { Notebooks } from "./notebooks.ts";
import { editorPage, problemPage } from "./notes-page.ts";
import { refuseForeignPages } from "./origin.ts";
import { isSame } from "./sessions.ts";
import { notesStyle } from "./style.ts";

/** Everything the notes service answers; only the health check, the stylesheet and the login work without a login. */
export function site(gate: Gate, notebooks: Notebooks): Handler {
  return async (call) => {
    const route = `${call.method} ${call.url.pathname}`;
    if (route === "GET /healthz") return textReply("ok");
    if (route === "GET /style.css") return styleReply(notesStyle);
    if (isForApi(call)) return asJson(() => answerApi(call, gate, notebooks));
    return asPage(async () => {
      if (route === "GET /login") return pageReply(loginPage({ next: nextOf(call.url.searchParams) }));
      if (route === "POST /login") return logIn(call, gate);
      const visitor = await gate.visitor(call);
      if (visitor === undefined) return redirect(loginFor(call));
      if (call.method === "GET") return show(call, visitor, await notebooks.of(visitor.user));
      const form = await formOf(call);
      refuseForeignForm(visitor, form);
      if (route === "POST /logout") return redirect("/login", { "set-cookie": gate.logOut(call) });
      return change(call, visitor, form, await notebooks.of(visitor.user));
    });
  };
}

async function answerApi(call: Call, gate: Gate, notebooks: Notebooks): Promise<Reply> {
  const visitor = await gate.visitor(call);
  if (visitor !== undefined) return api(call, await notebooks.of(visitor.user));
  throw new Refusal(401, "log in with HTTP Basic", {
    "www-authenticate": 'Basic realm="notes", charset="UTF-8"',
  });
}

async function logIn(call: Call, gate: Gate): Promise<Reply> {
  refuseForeignPages(call);
  const form = await formOf(call);
  const [user, next] = [form.get("user") ?? "", nextOf(form)];
  try {
    const cookie = await gate.logIn(call, user, form.get("password") ?? "");
    if (cookie !== undefined) return redirect(next, { "set-cookie": cookie });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return pageReply(
      loginPage({ next, user, problem: sentence(error.message) }),
      error.status,
      error.headers,
    );
  }
  return pageReply(loginPage({ next, user, problem: "This name and password do not belong together." }), 403);
}

async function show(call: Call, { user, session }: Visitor, notebook: Notebook): Promise<Reply> {
  const query = call.url.searchParams.get("q") ?? "";
  const shown = { user, token: session?.formToken ?? "", query, notes: await notebook.list(query) };
  const path = call.url.pathname;
  if (path === "/") return pageReply(editorPage({ ...shown, place: "list" }));
  if (path === "/new") return pageReply(editorPage({ ...shown, place: "new" }));
  const note = await notebook.read(idIn(path));
  if (note === undefined) throw new Refusal(404, "there is nothing here");
  const notice = call.url.searchParams.has("saved") ? "Saved." : undefined;
  return pageReply(editorPage({ ...shown, place: "note", note, text: note.text, ...(notice && { notice }) }));
}

async function change(
  call: Call,
  visitor: Visitor,
  form: URLSearchParams,
  notebook: Notebook,
): Promise<Reply> {
  if (call.method !== "POST")
    throw new Refusal(405, "pages work with GET and POST", { allow: "GET, HEAD, POST" });
  const path = call.url.pathname;
  if (path === "/notes") {
    const note = await notebook.create(checked(form.get("text") ?? ""));
    return redirect(`/notes/${note.id}?saved`);
  }
  if (path.endsWith("/delete")) {
    await notebook.remove(idIn(path.slice(0, -"/delete".length)));
    return redirect("/");
  }
  return save(idIn(path), visitor, form, notebook);
}

async function save(
  id: string,
  { user }: Visitor,
  form: URLSearchParams,
  notebook: Notebook,
): Promise<Reply> {
  const text = checked(form.get("text") ?? "");
  const saved = await notebook.save(id, text, { version: form.get("version") ?? "" });
  if (saved.outcome !== "conflict") return redirect(`/notes/${id}?saved`);
  if (saved.note === undefined) {
    const note = await notebook.create(text);
    return redirect(`/notes/${note.id}?saved`);
  }
  const notice =
    "This note was changed elsewhere since you opened it. Saving again replaces that text with yours.";
  const notes = await notebook.list();
  const token = form.get("token") ?? "";
  return pageReply(
    editorPage({ user, token, query: "", notes, place: "note", note: saved.note, text, notice }),
    409,
  );
}

/** A form must carry the token of its session, which no other site can read. */
function refuseForeignForm({ session }: Visitor, form: URLSearchParams): void {
  if (session === undefined) throw new Refusal(403, "forms need a login with the form; programs use the API");
  if (!isSame(form.get("token") ?? "", session.formToken))
    throw new Refusal(403, "this form is not from here or too old");
}

function idIn(path: string): string {
  const id = path.startsWith("/notes/") ? path.slice("/notes/".length) : "";
  if (!isNoteId(id)) throw new Refusal(404, "there is nothing here");
  return id;
}

function loginFor(call: Call): string {
  const path = call.url.pathname + call.url.search;
  return call.method === "GET" && path !== "/" ? `/login?next=${encodeURIComponent(path)}` : "/login";
}

/** Where to go after the login: a path of this program, whatever the address says. */
function nextOf(parameters: URLSearchParams): string {
  const next = parameters.get("next") ?? "/";
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next) ? next : "/";
}

async function asJson(answer: () => Promise<Reply>): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) return jsonReply({ error: error.message }, error.status, error.headers);
    throw error;
  }
}

async function asPage(answer: () => Promise<Reply>): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal)
      return pageReply(problemPage(sentence(error.message)), error.status, error.headers);
    throw error;
  }
}

function sentence(message: string): string {
  return `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`;
}
