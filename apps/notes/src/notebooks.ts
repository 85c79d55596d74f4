import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { StartFailure } from "@croft/web";
import { Notebook } from "./notebook.ts";

/** The notebooks of all users, a folder each. */
export class Notebooks {
  readonly #folder: string;
  readonly #open = new Map<string, Promise<Notebook>>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws a {@link StartFailure} when the folder cannot be made. */
  static async open(state: string): Promise<Notebooks> {
    const folder = join(state, "notes");
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {
      throw new StartFailure(`the folder \`${folder}\` cannot be made`);
    });
    return new Notebooks(folder);
  }

  /** The notebook of a user, whose name the credentials have found to be a plain one. */
  of(user: string): Promise<Notebook> {
    const known = this.#open.get(user);
    if (known !== undefined) return known;
    const opened = Notebook.open(join(this.#folder, user));
    this.#open.set(user, opened);
    opened.catch(() => this.#open.delete(user));
    return opened;
  }
}
