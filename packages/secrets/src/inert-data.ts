import { badData } from "./template-problem.ts";

/**
 * What a list or an object turns into when it is joined to text. Templates cannot write it themselves: it is made
 * anew for each process, and a rendered text that contains it printed something that is no text.
 */
export const notTextMarker = `\u0000${crypto.randomUUID()}`;

/** A template asked for a field that its data does not have. */
export class UndefinedField extends Error {
  readonly field: string;

  constructor(field: string) {
    super("a field that is not defined");
    this.field = field;
  }
}

/**
 * Lists and objects inherit from this: nothing that a template can name, and no way to anything else. A field that
 * is not their own raises an error wherever it is used; Handlebars' strictness alone leaves out arguments and names
 * of block parameters.
 */
const prototype: object = new Proxy(Object.create(null), {
  has: () => false,
  get: (_, field) => {
    if (field === Symbol.toPrimitive) return () => notTextMarker;
    if (typeof field === "symbol") return undefined;
    throw new UndefinedField(field);
  },
});

/**
 * A copy of template data that gives a template nothing but its own values: no prototypes, no getters, no functions;
 * the keys of objects are sorted, so that loops do not depend on the order in which modules defined them.
 *
 * @throws CroftError `template-data` for what is no plain data
 */
export function inertData(secret: string, data: Readonly<Record<string, unknown>>): object {
  return copyObject(secret, data, "data", []);
}

function copy(secret: string, value: unknown, path: string, above: readonly object[]): unknown {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value !== "object") throw badData(secret, path, `a ${typeof value}`);
  if (above.includes(value)) throw badData(secret, path, "a circle");
  if (!Array.isArray(value)) return copyObject(secret, value, path, above);
  const list = value.map((item: unknown, index) =>
    copy(secret, item, `${path}[${index}]`, [...above, value]),
  );
  return Object.setPrototypeOf(list, prototype);
}

function copyObject(secret: string, value: object, path: string, above: readonly object[]): object {
  const parent: unknown = Object.getPrototypeOf(value);
  const isPlain = parent === null || parent === Object.prototype;
  if (!isPlain) throw badData(secret, path, "an object of a class");
  const copied: object = Object.create(prototype);
  for (const [key, item] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (item === undefined) continue;
    const inner = copy(secret, item, `${path}.${key}`, [...above, value]);
    Object.defineProperty(copied, key, { value: inner, enumerable: true });
  }
  return copied;
}
