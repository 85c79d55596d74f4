import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import bcrypt from "bcryptjs";
import { startNotes } from "./program.ts";

/** A notes service of a test's own, with the users alice and bob, and ways to talk to it. */
export interface Testbed {
  readonly url: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly passwords: Readonly<Record<"alice" | "bob", string>>;
  /** Lets time pass for sessions and the throttle. */
  pass(milliseconds: number): void;
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Asks with HTTP Basic. */
  basic(user: string, password: string, path: string, init?: RequestInit): Promise<Response>;
  /** Sends a form. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** Logs alice in with the form; gives the cookie and the token that her forms carry. */
  logIn(): Promise<{ readonly cookie: string; readonly token: string }>;
}

/** A line of an htpasswd file; cheap to check, since tests check many. */
export async function passwordLine(user: string, password: string): Promise<string> {
  return `${user}:${await bcrypt.hash(password, 4)}\n`;
}

/** Folders and credentials for a service that is not started. */
export async function prepare(
  t: TestContext,
): Promise<Pick<Testbed, "folder" | "environment" | "passwords">> {
  const folder = await mkdtemp(join(tmpdir(), "notes-"));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "credentials"));
  // Made up at run time, so that a search for them in logs means something.
  const passwords = { alice: crypto.randomUUID(), bob: crypto.randomUUID() };
  const lines = await Promise.all(
    Object.entries(passwords).map(([user, password]) => passwordLine(user, password)),
  );
  await writeFile(join(folder, "credentials", "htpasswd"), lines.join(""));
  const environment = {
    CREDENTIALS_DIRECTORY: join(folder, "credentials"),
    STATE_DIRECTORY: join(folder, "state"),
    PORT: "0",
  };
  return { folder, environment, passwords };
}

/** Starts a notes service that ends with the test. */
export async function startTestbed(t: TestContext): Promise<Testbed> {
  const prepared = await prepare(t);
  let passed = 0;
  const serving = await startNotes(prepared.environment, () => Date.now() + passed);
  t.after(() => serving.close());
  t.mock.method(console, "error", () => {});

  const ask: Testbed["ask"] = (path, init = {}) =>
    fetch(new URL(path, serving.url), { redirect: "manual", ...init });
  const post: Testbed["post"] = (path, fields, headers = {}) =>
    ask(path, { method: "POST", body: new URLSearchParams(fields), headers });
  return {
    ...prepared,
    url: serving.url,
    pass: (milliseconds) => void (passed += milliseconds),
    ask,
    post,
    basic: (user, password, path, init = {}) => {
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
      return ask(path, { ...init, headers: { ...init.headers, authorization } });
    },
    async logIn() {
      const reply = await post("/login", { user: "alice", password: prepared.passwords.alice });
      const cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0];
      const shown = await (await ask("/", { headers: { cookie } })).text();
      return { cookie, token: /name="token"\s+value="([^"]+)"/.exec(shown)?.[1] ?? "" };
    },
  };
}
