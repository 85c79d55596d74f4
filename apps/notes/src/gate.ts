import { createHmac, randomBytes } from "node:crypto";
import { type Call, Refusal } from "@croft/web";
import type { Credentials } from "./credentials.ts";
import { type Session, Sessions, sessionSeconds } from "./sessions.ts";
import { Throttle } from "./throttle.ts";

/** Who asks; `session` is there when they came in by the form and not with HTTP Basic. */
export interface Visitor {
  readonly user: string;
  readonly session?: Session;
}

const cookieName = "croft-notes";
const fiveMinutes = 5 * 60_000;

/** Lets people in: by session cookie or HTTP Basic, with limits on wrong passwords. */
export class Gate {
  readonly #credentials: Credentials;
  readonly #sessions: Sessions;
  /** For one user from one address: whoever guesses is kept out, and the user at another address is not. */
  readonly #perPair: Throttle;
  /** For one user from anywhere, wide enough that it takes many addresses to keep the user out. */
  readonly #perUser: Throttle;
  readonly #perPeer: Throttle;
  /** Right passwords of late, as keyed digests: bcrypt is slow on purpose, and Basic sends the password each time. */
  readonly #known = new Map<string, Promise<string | undefined>>();
  readonly #key = randomBytes(32);

  constructor(credentials: Credentials, now: () => number) {
    this.#credentials = credentials;
    this.#sessions = new Sessions(now);
    this.#perPair = new Throttle({ attempts: 5, within: fiveMinutes }, now);
    this.#perUser = new Throttle({ attempts: 100, within: fiveMinutes }, now);
    this.#perPeer = new Throttle({ attempts: 20, within: fiveMinutes }, now);
  }

  /** Who asks, if they are let in; throws a {@link Refusal} (429) after too many wrong passwords. */
  async visitor(call: Call): Promise<Visitor | undefined> {
    const session = this.#sessions.find(cookieOf(call));
    if (session !== undefined && (await this.#credentials.hashOf(session.user)) === session.hash) {
      return { user: session.user, session };
    }
    const basic = basicOf(call);
    if (basic === undefined) return undefined;
    return (await this.#verify(call, basic.user, basic.password)) === undefined
      ? undefined
      : { user: basic.user };
  }

  /** The `Set-Cookie` of a new session if the password is right; throws a {@link Refusal} (429) like `visitor`. */
  async logIn(call: Call, user: string, password: string): Promise<string | undefined> {
    const hash = await this.#verify(call, user, password);
    if (hash === undefined) return undefined;
    this.#sessions.end(cookieOf(call));
    return setCookie(call, this.#sessions.begin(user, hash), sessionSeconds);
  }

  /** Ends the session and gives the `Set-Cookie` that takes the cookie away. */
  logOut(call: Call): string {
    this.#sessions.end(cookieOf(call));
    return setCookie(call, "", 0);
  }

  async #verify(call: Call, user: string, password: string): Promise<string | undefined> {
    const throttles = this.#throttles(call.peer, user);
    const wait = Math.max(...throttles.map(([throttle, key]) => throttle.wait(key)));
    if (wait > 0) {
      throw new Refusal(429, "too many wrong passwords; try again later", { "retry-after": String(wait) });
    }
    const digest = createHmac("sha256", this.#key).update(`${user}\0${password}`).digest("base64url");
    const known = this.#known.get(digest);
    if (known === undefined) return this.#ask(call.peer, user, password, digest);
    const hash = await known;
    if (hash === undefined || hash === (await this.#credentials.hashOf(user))) return hash;
    // The password was changed since.
    this.#known.delete(digest);
    return this.#verify(call, user, password);
  }

  async #ask(peer: string, user: string, password: string, digest: string): Promise<string | undefined> {
    const throttles = this.#throttles(peer, user);
    for (const [throttle, key] of throttles) throttle.count(key);
    const asked = this.#credentials.verify(user, password);
    this.#known.set(digest, asked);
    const hash = await asked;
    if (hash === undefined) {
      this.#known.delete(digest);
      console.error(`notes: a wrong password from ${peer}`);
      return undefined;
    }
    for (const [throttle, key] of throttles) throttle.forgive(key);
    if (this.#known.size > 100) this.#known.clear();
    return hash;
  }

  #throttles(peer: string, user: string): readonly (readonly [Throttle, string])[] {
    return [
      [this.#perPair, `${peer} ${user}`],
      [this.#perUser, user],
      [this.#perPeer, peer],
    ];
  }
}

function cookieOf(call: Call): string {
  const cookies = (call.headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1) ?? "";
}

function setCookie(call: Call, value: string, seconds: number): string {
  const secure = call.headers["x-forwarded-proto"] === "https" ? "; Secure" : "";
  return `${cookieName}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function basicOf(call: Call): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(call.headers.authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
