import { randomBytes } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { idFor, isFoundBy, isNoteId, type Note, versionOf } from "./note.ts";

/** What became of a text that was to be saved; `conflict` carries what stands there instead. */
export type Saved =
  | { readonly outcome: "created" | "saved"; readonly note: Note }
  | { readonly outcome: "conflict"; readonly note: Note | undefined };

/** Which text a save may replace: any, none (the note must be new), or the one with this version. */
export type Expectation = "any" | "none" | { readonly version: string };

/**
 * The notes of one user: files in one folder. A file is replaced as a whole, so that a reader and a crash find
 * the old text or the new one. Changes are made one after the other.
 */
export class Notebook {
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the folder, making it if need be, and clears away what a crash left half written. */
  static async open(folder: string): Promise<Notebook> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const names = await readdir(folder);
    await Promise.all(names.filter(isUnfinished).map((name) => rm(join(folder, name), { force: true })));
    return new Notebook(folder);
  }

  /** The notes that hold every word of the query, newest first. */
  async list(query = ""): Promise<readonly Note[]> {
    const names = await readdir(this.#folder);
    const ids = names.filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));
    const notes: Note[] = [];
    while (ids.length > 0) {
      // Some at a time, since every one is an open file.
      const read = await Promise.all(ids.splice(0, 64).map((id) => this.read(id)));
      notes.push(...read.filter((note): note is Note => note !== undefined));
    }
    return notes
      .filter((note) => isFoundBy(note, query))
      .sort((a, b) => b.modified.getTime() - a.modified.getTime() || (a.id < b.id ? -1 : 1));
  }

  /** The note with this id; text that is no id has none. */
  async read(id: string): Promise<Note | undefined> {
    if (!isNoteId(id)) return undefined;
    const file = this.#file(id);
    try {
      const [text, { mtime }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
      return { id, text, modified: mtime };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Keeps a new note under an id made of its title. */
  create(text: string): Promise<Note> {
    return this.#inTurn(async () => {
      for (let attempt = 1; ; attempt += 1) {
        const id = idFor(text, attempt);
        if (await this.#add(id, text)) return this.#present(id);
      }
    });
  }

  /** Saves a text under an id, which must be one, if what stands there is what the caller expects. */
  save(id: string, text: string, expected: Expectation): Promise<Saved> {
    if (!isNoteId(id)) throw new RangeError("a note is saved under an id");
    return this.#inTurn(async () => {
      const before = await this.read(id);
      if (!isExpected(before, expected)) return { outcome: "conflict", note: before };
      await this.#replace(id, text);
      return { outcome: before === undefined ? "created" : "saved", note: await this.#present(id) };
    });
  }

  /** Deletes a note; says whether there was one. */
  remove(id: string): Promise<boolean> {
    return this.#inTurn(async () => {
      if ((await this.read(id)) === undefined) return false;
      await rm(this.#file(id));
      return true;
    });
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.md`);
  }

  async #present(id: string): Promise<Note> {
    const note = await this.read(id);
    if (note === undefined) throw new Error(`the note \`${id}\` vanished while it was saved`);
    return note;
  }

  async #replace(id: string, text: string): Promise<void> {
    const written = await this.#write(text);
    await rename(written, this.#file(id)).catch((error: unknown) => discard(written, error));
  }

  /** Puts a file where none is; says no when there is one, also when another program has just made it. */
  async #add(id: string, text: string): Promise<boolean> {
    const written = await this.#write(text);
    try {
      await link(written, this.#file(id));
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    } finally {
      await rm(written, { force: true });
    }
  }

  async #write(text: string): Promise<string> {
    const file = join(this.#folder, `.${randomBytes(8).toString("hex")}.unfinished`);
    try {
      const handle = await open(file, "wx", 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return file;
    } catch (error) {
      return discard(file, error);
    }
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#last.then(change);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

function isExpected(note: Note | undefined, expected: Expectation): boolean {
  if (expected === "any") return true;
  if (expected === "none") return note === undefined;
  return note !== undefined && versionOf(note.text) === expected.version;
}

function isUnfinished(name: string): boolean {
  return name.startsWith(".") && name.endsWith(".unfinished");
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR");
}

async function discard(file: string, error: unknown): Promise<never> {
  await rm(file, { force: true });
  throw error;
}
