import bcrypt from "bcryptjs";
import type { DrawBook } from "./draw.ts";
import { badCall, notDefined, type TemplatePlace } from "./template-problem.ts";

/** What the helpers of one rendering need. */
export interface TemplateContext {
  readonly secret: string;
  readonly content: string;
  readonly draws: DrawBook;
  /** The value of another secret. */
  readonly readSecret: (name: string) => string;
}

/** What Handlebars passes behind a helper's arguments. */
interface CallOptions {
  readonly hash: Readonly<Record<string, unknown>>;
  readonly loc: { readonly start: { readonly line: number } };
}

/** One call of a helper: its arguments, and how to refuse them. */
class Call {
  readonly positional: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
  readonly place: TemplatePlace;
  readonly #name: HelperName;

  constructor(context: TemplateContext, name: HelperName, given: readonly unknown[]) {
    // Handlebars passes its options last, always.
    const options = given.at(-1) as CallOptions;
    this.positional = given.slice(0, -1);
    this.named = options.hash;
    this.place = { secret: context.secret, content: context.content, line: options.loc.start.line };
    this.#name = name;
  }

  refuse(fact: string): never {
    throw badCall(this.place, this.#name, fact, usage[this.#name]);
  }

  expectNames(...allowed: readonly string[]): void {
    const surplus = Object.keys(this.named).find((name) => !allowed.includes(name));
    if (surplus !== undefined) this.refuse(`the argument \`${surplus}=\``);
  }

  expectCount(least: number, most: number): void {
    const count = this.positional.length;
    if (count < least || count > most) this.refuse(count === 1 ? "1 argument" : `${count} arguments`);
  }
}

const usage = {
  readSecret: 'readSecret "name"',
  hashBcrypt: 'hashBcrypt text cost=10 draw="name"',
  fmt: 'fmt "%s/%s" a b',
  lookup: "lookup object key",
} as const;

/** The helpers that templates of secrets have beside Handlebars' `if`, `unless`, `each` and `with`. */
type HelperName = keyof typeof usage;

/** The names of {@link HelperName}. */
export const helperNames: readonly string[] = Object.keys(usage);

/** The draw of a `hashBcrypt` that is the only one of its template, and needs no name for that reason. */
const defaultSaltDraw = "salt";

const saltLength = 16;

/** The helpers for one rendering, as Handlebars calls them. */
export function templateHelpers(
  context: TemplateContext,
): Record<HelperName, (...given: unknown[]) => unknown> {
  return {
    readSecret: (...given) => readSecret(context, new Call(context, "readSecret", given)),
    hashBcrypt: (...given) => hashBcrypt(context, new Call(context, "hashBcrypt", given)),
    fmt: (...given) => fmt(new Call(context, "fmt", given)),
    lookup: (...given) => lookup(new Call(context, "lookup", given)),
  };
}

function readSecret(context: TemplateContext, call: Call): string {
  call.expectNames();
  call.expectCount(1, 1);
  const [name] = call.positional;
  if (typeof name !== "string") call.refuse("a name that is no text");
  return context.readSecret(name);
}

function hashBcrypt(context: TemplateContext, call: Call): string {
  call.expectNames("cost", "draw");
  call.expectCount(1, 2);
  const [text, positionalCost] = call.positional;
  const { cost = positionalCost ?? 10, draw = defaultSaltDraw } = call.named;
  if (typeof text !== "string") call.refuse("something that is no text");
  if (text.includes("\0")) call.refuse("a text that has a zero byte, at which bcrypt would stop");
  if (bcrypt.truncates(text)) call.refuse("more than 72 bytes, of which bcrypt would drop the rest");
  if (typeof cost !== "number" || !Number.isInteger(cost) || cost < 4 || cost > 31) {
    call.refuse("a cost that is no whole number from 4 to 31");
  }
  if (typeof draw !== "string" || draw === "") call.refuse("a draw whose name is no text");
  const salt = bcrypt.encodeBase64(context.draws.bytes(draw, saltLength), saltLength);
  return bcrypt.hashSync(text, `$2b$${String(cost).padStart(2, "0")}$${salt}`);
}

function fmt(call: Call): string {
  call.expectNames();
  const [format, ...values] = call.positional;
  if (typeof format !== "string") call.refuse("a format that is no text");
  let used = 0;
  const text = format.replace(/%(.?)/gs, (_, verb: string) => {
    if (verb === "%") return "%";
    const value = values[used++];
    if (verb === "s" && ["string", "number", "boolean"].includes(typeof value)) return String(value);
    if (verb === "d" && Number.isInteger(value)) return String(value);
    if (verb !== "s" && verb !== "d")
      call.refuse(`\`%${verb}\`, of which there are only \`%s\`, \`%d\` and \`%%\``);
    return call.refuse(used > values.length ? "too few values" : `a value that \`%${verb}\` cannot show`);
  });
  if (used < values.length) call.refuse("too many values");
  return text;
}

function lookup(call: Call): unknown {
  call.expectNames();
  call.expectCount(2, 2);
  const [object, key] = call.positional;
  if (typeof object !== "object" || object === null) call.refuse("something that has no fields");
  if (typeof key !== "string" && typeof key !== "number") call.refuse("a key that is no text or number");
  if (!Object.hasOwn(object, key)) throw notDefined(call.place, String(key));
  // The key was just found in this object.
  return (object as Record<string | number, unknown>)[key];
}
