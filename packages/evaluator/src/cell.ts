import { CroftError } from "./problem.ts";

/** What a cell is the value of, for the chain of a cycle. */
export interface CellName {
  readonly label: string;
  /** Where the value is defined, shown; computed only when an error needs it. */
  readonly place: () => string | undefined;
}

type State<T> =
  | { readonly kind: "new" | "running" }
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly error: unknown };

const running: Cell<unknown>[] = [];

/** A value that is computed when it is first read, once; reading it while it is computed is a cycle. */
export class Cell<T> {
  readonly name: CellName;
  readonly #compute: () => T;
  #state: State<T> = { kind: "new" };

  constructor(name: CellName, compute: () => T) {
    this.name = name;
    this.#compute = compute;
  }

  /** The value; throws what computing it threw, and a `cycle` error when it needs itself. */
  get(): T {
    const state = this.#state;
    if (state.kind === "done") return state.value;
    if (state.kind === "failed") throw state.error;
    if (state.kind === "running") throw cycle(running.slice(running.indexOf(this)));
    this.#state = { kind: "running" };
    running.push(this);
    try {
      const value = this.#compute();
      this.#state = { kind: "done", value };
      return value;
    } catch (error) {
      this.#state = { kind: "failed", error };
      throw error;
    } finally {
      running.pop();
    }
  }
}

function cycle(chain: readonly Cell<unknown>[]): CroftError {
  const names = chain.map(({ name }) => name);
  const at = names.map(({ label, place }, index) => {
    const next = names[(index + 1) % names.length]?.label;
    const where = place();
    return `${where === undefined ? "" : `${where}: `}${label} reads ${next}`;
  });
  return new CroftError("cycle", `${names[0]?.label} needs its own value`, {
    at,
    hint: "give one of them a value that does not read the others",
  });
}
