import { CroftError } from "./problem.ts";
import { nameHint } from "./suggest.ts";

/** What stands behind a view: its names, and the value of each. */
export interface Behind {
  /** What it is the view of, such as `option` or `entry`, for the error of a missing name. */
  readonly missing: (name: string) => CroftError;
  readonly names: () => Iterable<string>;
  readonly has: (name: string) => boolean;
  readonly value: (name: string) => unknown;
}

/** An object that computes its fields when they are read, and throws for a name that it does not have. */
export function view(behind: Behind): object {
  return new Proxy(Object.create(null) as object, {
    get: (_target, name) => {
      if (typeof name === "symbol" || name === "toJSON" || name === "then") return undefined;
      if (!behind.has(name)) throw behind.missing(name);
      return behind.value(name);
    },
    has: (_target, name) => typeof name === "string" && behind.has(name),
    ownKeys: () => [...behind.names()],
    getOwnPropertyDescriptor: (_target, name) =>
      typeof name === "string" && behind.has(name)
        ? { enumerable: true, configurable: true, get: () => behind.value(name) }
        : undefined,
    set: () => {
      throw new CroftError("read-only", "values of an evaluation cannot be changed", {
        hint: "define them in a host, a service or an interface",
      });
    },
  });
}

/** The error of a name that is not there. */
export function missingName(kind: string, path: string, name: string, names: Iterable<string>): CroftError {
  const full = path === "" ? name : `${path}.${name}`;
  return new CroftError(`unknown-${kind}`, `${kind} \`${full}\` does not exist`, {
    hint: nameHint(name, names, path === "" ? "" : `${path}.`),
  });
}
