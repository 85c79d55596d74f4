import { type CharacterSet, type Entropy, drawCharacters, spellCharacters } from "./characters.ts";
import { drawChanged, drawRepeated, drawUnspellable } from "./problem.ts";

/** Randomness that a secret drew under a name, with what is needed to draw and to replay it. */
export type Draw = CharactersDraw | BytesDraw;

interface CharactersDraw {
  readonly kind: "characters";
  readonly length: number;
  readonly sets: readonly CharacterSet[];
  /** One byte a character; see {@link spellCharacters}. */
  readonly bytes: Uint8Array;
}

interface BytesDraw {
  readonly kind: "bytes";
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** What a draw shall be: a draw without its bytes. */
type Wanted = Omit<CharactersDraw, "bytes"> | Omit<BytesDraw, "bytes">;

/** A wanted draw in words, such as `24 characters of lowercase, numbers`. */
function describe(wanted: Wanted): string {
  const unit = wanted.kind === "bytes" ? "random bytes" : `characters of ${wanted.sets.join(", ")}`;
  return `${wanted.length} ${unit}`;
}

/**
 * The draws of one secret during one rendering: those of the ledger are replayed by name, missing ones are made.
 * The order in which they are asked for has no influence on any of them.
 */
export class DrawBook {
  readonly #secret: string;
  readonly #kept: ReadonlyMap<string, Draw>;
  readonly #entropy: Entropy;
  readonly #made = new Map<string, Draw>();

  constructor(secret: string, kept: ReadonlyMap<string, Draw>, entropy: Entropy) {
    this.#secret = secret;
    this.#kept = kept;
    this.#entropy = entropy;
  }

  /** Random characters under a name. */
  characters(name: string, length: number, sets: readonly CharacterSet[]): string {
    const { bytes } = this.#take(name, { kind: "characters", length, sets });
    const text = spellCharacters(bytes, sets);
    if (text === undefined) throw drawUnspellable(this.#secret, name);
    return text;
  }

  /** Random bytes under a name. */
  bytes(name: string, length: number): Uint8Array {
    return this.#take(name, { kind: "bytes", length }).bytes;
  }

  /** The draws that this rendering made or replayed, by name. */
  get made(): ReadonlyMap<string, Draw> {
    return this.#made;
  }

  /** The names of draws that were not in the ledger. */
  get added(): readonly string[] {
    return [...this.#made.keys()].filter((name) => !this.#kept.has(name));
  }

  #take(name: string, wanted: Wanted): Draw {
    if (this.#made.has(name)) throw drawRepeated(this.#secret, name);
    const kept = this.#kept.get(name);
    if (kept !== undefined && describe(kept) !== describe(wanted)) {
      throw drawChanged(this.#secret, name, describe(kept), describe(wanted));
    }
    const draw = kept ?? this.#draw(wanted);
    this.#made.set(name, draw);
    return draw;
  }

  #draw(wanted: Wanted): Draw {
    if (wanted.kind === "bytes") return { ...wanted, bytes: this.#entropy(wanted.length) };
    return { ...wanted, bytes: drawCharacters(wanted.length, wanted.sets, this.#entropy) };
  }
}
