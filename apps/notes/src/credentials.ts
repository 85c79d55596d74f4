import { readFile } from "node:fs/promises";
import { StartFailure } from "@croft/web";
import bcrypt from "bcryptjs";

const bcryptHash = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** A user's name is also the name of the folder with their notes, so it is kept plain. */
const userName = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** Who may log in: an htpasswd file of bcrypt lines, read again at every question, so that a change counts at once. */
export class Credentials {
  readonly #file: string;
  #text = "";
  #hashes: ReadonlyMap<string, string> = new Map();
  #decoy = "";

  private constructor(file: string) {
    this.#file = file;
  }

  /** Throws a {@link StartFailure} when the file cannot be read or lets nobody in. */
  static async open(file: string): Promise<Credentials> {
    const credentials = new Credentials(file);
    const hashes = await credentials.#read().catch(() => {
      throw new StartFailure(`the credentials in \`${file}\` cannot be read`);
    });
    if (hashes.size === 0)
      throw new StartFailure(`the credentials in \`${file}\` hold no user with a bcrypt password`);
    return credentials;
  }

  /** The hash of a user's password; nobody has one while the file cannot be read. */
  async hashOf(user: string): Promise<string | undefined> {
    try {
      return (await this.#read()).get(user);
    } catch {
      console.error(`notes: the credentials in \`${this.#file}\` cannot be read; nobody is let in`);
      return undefined;
    }
  }

  /** The user's hash if the password is right; a user who does not exist takes as long as one who does. */
  async verify(user: string, password: string): Promise<string | undefined> {
    const hash = await this.hashOf(user);
    const matches = await bcrypt.compare(password, hash ?? this.#decoy);
    return matches ? hash : undefined;
  }

  async #read(): Promise<ReadonlyMap<string, string>> {
    const text = await readFile(this.#file, "utf8");
    if (text !== this.#text) {
      this.#hashes = parse(text);
      this.#decoy = decoyFor(this.#hashes);
      this.#text = text;
    }
    return this.#hashes;
  }
}

function parse(text: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const colon = line.indexOf(":");
    const user = line.slice(0, colon);
    const hash = line.slice(colon + 1).trim();
    if (colon > 0 && userName.test(user) && bcryptHash.test(hash)) hashes.set(user, hash);
    else
      console.error(
        `notes: line ${index + 1} of the credentials is no user with a bcrypt password; it is ignored`,
      );
  }
  return hashes;
}

/** A hash that no password has, as costly to compare with as the costliest real one. */
function decoyFor(hashes: ReadonlyMap<string, string>): string {
  const costs = [...hashes.values()].map((hash) => bcryptHash.exec(hash)?.[1] ?? "10");
  return `$2b$${costs.sort().at(-1) ?? "10"}$${".".repeat(53)}`;
}
