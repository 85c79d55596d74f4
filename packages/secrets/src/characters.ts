/** Which sets of characters a random secret is drawn from. */
export interface CharacterSets {
  readonly lowercase: boolean;
  readonly uppercase: boolean;
  readonly numbers: boolean;
  readonly special: boolean;
}

/** The name of one set of characters. */
export type CharacterSet = keyof CharacterSets;

/**
 * The sets, without letters and digits that are mistaken for one another (`l` and `1`, `o` and `0`, …).
 * Ledgers of version 1 replay with exactly these strings: a change here needs a new ledger version.
 */
const members: Readonly<Record<CharacterSet, string>> = {
  lowercase: "abcdefghijkmnpqrstuvwxyz",
  numbers: "123456789",
  special: "#$%&@^`~.,:;\"'\\/|_-<>*+!?={[()]}",
  uppercase: "ABCDEFGHJKLMNPQRSTUVWXYZ",
};

/** All names of sets, in the order in which they are joined to an alphabet. */
export const allCharacterSets: readonly CharacterSet[] = ["lowercase", "numbers", "special", "uppercase"];

/** The names of the sets that are switched on, in the order of {@link allCharacterSets}. */
export function characterSets(sets: CharacterSets): readonly CharacterSet[] {
  return allCharacterSets.filter((set) => sets[set]);
}

/** Where random bytes come from; tests give their own. */
export type Entropy = (length: number) => Uint8Array;

/**
 * Draws one byte for each of `length` characters by rejection sampling: bytes at or above the greatest multiple of
 * the alphabet's size are thrown away, so that every character is equally likely.
 */
export function drawCharacters(length: number, sets: readonly CharacterSet[], entropy: Entropy): Uint8Array {
  const limit = fairLimit(alphabet(sets));
  const drawn = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    for (const byte of entropy(length - filled)) {
      if (byte < limit) drawn[filled++] = byte;
    }
  }
  return drawn;
}

/** The text that drawn bytes stand for; `undefined` when they cannot have been drawn from these sets. */
export function spellCharacters(drawn: Uint8Array, sets: readonly CharacterSet[]): string | undefined {
  const letters = alphabet(sets);
  const limit = fairLimit(letters);
  if (letters === "" || drawn.some((byte) => byte >= limit)) return undefined;
  return Array.from(drawn, (byte) => letters.charAt(byte % letters.length)).join("");
}

function alphabet(sets: readonly CharacterSet[]): string {
  return allCharacterSets
    .filter((set) => sets.includes(set))
    .map((set) => members[set])
    .join("");
}

function fairLimit(letters: string): number {
  return 256 - (256 % letters.length);
}
