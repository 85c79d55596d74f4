import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Someone who logged in with the form. */
export interface Session {
  readonly user: string;
  /** The hash of the password at login: a changed password ends the session. */
  readonly hash: string;
  /** What every form of this session must send along. */
  readonly formToken: string;
}

/** How long a login lasts. */
export const sessionSeconds = 7 * 24 * 60 * 60;

const perUser = 20;

/**
 * Sessions behind signed cookies: a random id and its signature. The key lives in memory alone, and so do the
 * sessions, so that logging out truly ends one and a stolen disk holds none; a restart asks for the password again.
 */
export class Sessions {
  readonly #key = randomBytes(32);
  readonly #sessions = new Map<string, Session & { readonly ends: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins a session and gives its cookie's value. */
  begin(user: string, hash: string): string {
    this.#makeRoomFor(user);
    const id = randomBytes(24).toString("base64url");
    this.#sessions.set(id, {
      user,
      hash,
      formToken: this.#sign(`form ${id}`),
      ends: this.#now() + sessionSeconds * 1000,
    });
    return `${id}.${this.#sign(id)}`;
  }

  /** The session that a cookie's value belongs to. */
  find(cookie: string): Session | undefined {
    const id = this.#idOf(cookie);
    const session = id === undefined ? undefined : this.#sessions.get(id);
    return session !== undefined && session.ends > this.#now() ? session : undefined;
  }

  /** Ends the session of a cookie; a copy of the cookie is worth nothing then. */
  end(cookie: string): void {
    const id = this.#idOf(cookie);
    if (id !== undefined) this.#sessions.delete(id);
  }

  #idOf(cookie: string): string | undefined {
    const [id = "", signature = ""] = cookie.split(".");
    return isSame(signature, this.#sign(id)) ? id : undefined;
  }

  #sign(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("base64url");
  }

  #makeRoomFor(user: string): void {
    for (const [id, session] of this.#sessions) if (session.ends <= this.#now()) this.#sessions.delete(id);
    const theirs = [...this.#sessions].filter(([, session]) => session.user === user);
    // A map keeps the order of insertion: the first is the oldest.
    for (const [id] of theirs.slice(0, Math.max(0, theirs.length - perUser + 1))) this.#sessions.delete(id);
  }
}

/** Compares two texts in a time that tells nothing of where they differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
