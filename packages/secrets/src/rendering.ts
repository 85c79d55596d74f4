import { randomBytes } from "node:crypto";
import { CroftError } from "@croft/evaluator";
import { characterSets, type Entropy } from "./characters.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { type Draw, DrawBook } from "./draw.ts";
import type { Ledger } from "./ledger.ts";
import { checkName } from "./name.ts";
import { cycle, failedRead, replayDiffers, unknownRead } from "./problem.ts";
import { renderer } from "./renderer.ts";
import { methodOf, type SecretMethod, type SecretSpec } from "./spec.ts";
import { renderTemplate } from "./template.ts";

/** What rendering needs beside the specs. */
interface RenderingInputs {
  readonly specs: ReadonlyMap<string, SecretSpec>;
  /** What is remembered of secrets. */
  readonly ledgers: ReadonlyMap<string, Ledger>;
  /** Secrets that must not be rendered, nor what reads them, and why. */
  readonly problems?: ReadonlyMap<string, CroftError>;
  /** Renders also what the ledgers say is fresh. */
  readonly always?: boolean;
  readonly entropy?: Entropy;
}

/** A secret whose value is known, at least by its hash. */
export interface Rendered {
  readonly sha256: string;
  readonly inputs: string;
  readonly reads: ReadonlyMap<string, string>;
  /** The draws that were made or replayed; `undefined` when the ledger was fresh and nothing was rendered. */
  readonly draws: DrawBook | undefined;
}

interface Text {
  readonly text: string;
  readonly reads: ReadonlyMap<string, string>;
  readonly draws: DrawBook;
}

/**
 * Renders secrets in memory, each once, and what they read before them: the order is discovered by `readSecret`.
 * A secret whose ledger knows the same spec and the same values read is fresh, and is not rendered at all.
 */
export class Rendering {
  readonly #inputs: RenderingInputs;
  readonly #done = new Map<string, Rendered | CroftError>();
  readonly #texts = new Map<string, Text>();
  readonly #open: string[] = [];

  constructor(inputs: RenderingInputs) {
    this.#inputs = inputs;
  }

  /** Every secret that was asked for, directly or by another: what it came to, or why it failed. */
  get results(): ReadonlyMap<string, Rendered | CroftError> {
    return this.#done;
  }

  /** Renders one secret and all that it reads; a failure is a result too. */
  resolve(name: string): Rendered | CroftError {
    const known = this.#done.get(name);
    if (known !== undefined) return known;
    this.#open.push(name);
    let result: Rendered | CroftError;
    try {
      result = this.#resolveAnew(name);
    } catch (problem) {
      if (!(problem instanceof CroftError)) throw problem;
      result = problem;
    } finally {
      this.#open.pop();
    }
    // A circle is found deep below the secrets that it goes through: each of them keeps that first word.
    const earlier = this.#done.get(name);
    if (earlier !== undefined) return earlier;
    this.#done.set(name, result);
    return result;
  }

  /** The value of a secret that was resolved without a failure. */
  value(name: string): string {
    const result = this.resolve(name);
    if (result instanceof CroftError) throw result;
    const text = this.#texts.get(name) ?? this.#render(name);
    if (sha256(text.text) !== result.sha256) throw replayDiffers(name);
    return text.text;
  }

  #resolveAnew(name: string): Rendered {
    const problem = this.#inputs.problems?.get(name);
    if (problem !== undefined) throw problem;
    const ledger = this.#inputs.ledgers.get(name);
    const inputs = sha256(canonicalJson([renderer, this.#method(name)]));
    if (ledger !== undefined && !this.#inputs.always && ledger.value.inputs === inputs) {
      const isFresh = [...ledger.value.reads].every(([read, hash]) => this.#read(name, read).sha256 === hash);
      if (isFresh)
        return { sha256: ledger.value.sha256, inputs, reads: ledger.value.reads, draws: undefined };
    }
    const { text, reads, draws } = this.#render(name);
    return { sha256: sha256(text), inputs, reads, draws };
  }

  #render(name: string): Text {
    const kept: ReadonlyMap<string, Draw> = this.#inputs.ledgers.get(name)?.draws ?? new Map();
    const draws = new DrawBook(name, kept, this.#inputs.entropy ?? randomBytes);
    const method = this.#method(name);
    const reads = new Map<string, string>();
    const readSecret = (read: string): string => {
      reads.set(read, this.#read(name, read).sha256);
      return this.value(read);
    };
    const rendered = { text: renderMethod(name, method, draws, readSecret), reads, draws };
    this.#texts.set(name, rendered);
    return rendered;
  }

  #read(reader: string, read: string): Rendered {
    if (!this.#inputs.specs.has(read)) throw unknownRead(reader, read, this.#inputs.specs.keys());
    const start = this.#open.indexOf(read);
    if (start >= 0) throw this.#breakCircle(this.#open.slice(start));
    const result = this.resolve(read);
    if (!(result instanceof CroftError)) return result;
    // The secrets of a circle failed together, also this one.
    throw this.#done.get(reader) ?? failedRead(reader, read);
  }

  #breakCircle(circle: readonly string[]): Error {
    const problem = cycle([...circle, ...circle.slice(0, 1)]);
    for (const name of circle) this.#done.set(name, problem);
    return problem;
  }

  #method(name: string): SecretMethod {
    const spec = this.#inputs.specs.get(name);
    if (spec === undefined) throw new RangeError(`no spec for ${name}`);
    checkName("secret", name);
    return methodOf(name, spec);
  }
}

function renderMethod(
  secret: string,
  method: SecretMethod,
  draws: DrawBook,
  readSecret: (name: string) => string,
): string {
  if (method.method === "template") return renderTemplate(method.template, { secret, draws, readSecret });
  return draws.characters("random", method.random.length, characterSets(method.random));
}
