import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { allCharacterSets, characterSets, drawCharacters, spellCharacters } from "./characters.ts";

const everything = { lowercase: true, uppercase: true, numbers: true, special: true };
const none = { lowercase: false, uppercase: false, numbers: false, special: false };

function lettersOf(sets: Partial<typeof everything>): string {
  const names = characterSets({ ...none, ...sets });
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const spelled = Array.from(all, (byte) => spellCharacters(Uint8Array.of(byte), names) ?? "");
  return [...new Set(spelled.join(""))].sort().join("");
}

test("lowercase leaves out the letters that look like digits", () => {
  assert.equal(lettersOf({ lowercase: true }), "abcdefghijkmnpqrstuvwxyz");
});

test("uppercase leaves out the letters that look like digits", () => {
  assert.equal(lettersOf({ uppercase: true }), "ABCDEFGHJKLMNPQRSTUVWXYZ");
});

test("numbers have no zero", () => {
  assert.equal(lettersOf({ numbers: true }), "123456789");
});

test("special is every printable character that is no letter, digit or space", () => {
  const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  assert.equal(lettersOf({ special: true }), printable.filter((char) => !/[A-Za-z0-9]/.test(char)).join(""));
});

test("the sets are joined in alphabetical order of their names", () => {
  assert.deepEqual(characterSets(everything), ["lowercase", "numbers", "special", "uppercase"]);
  assert.equal(spellCharacters(Uint8Array.of(0, 24, 33, 65), allCharacterSets), "a1#A");
});

test("bytes past the greatest multiple of the alphabet are drawn again", () => {
  const source = [Uint8Array.of(255, 252, 251, 250), Uint8Array.of(0, 1)];
  const drawn = drawCharacters(4, ["numbers"], () => source.shift() ?? assert.fail("drew too often"));
  assert.deepEqual([...drawn], [251, 250, 0, 1]);
});

test("bytes that were never drawn have no spelling", () => {
  assert.equal(spellCharacters(Uint8Array.of(252), ["numbers"]), undefined);
});

test("every draw has its length and stays in its alphabet", () => {
  const someSets = fc.subarray([...allCharacterSets], { minLength: 1 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), someSets, (length, sets) => {
      const text = spellCharacters(drawCharacters(length, sets, randomBytes), sets);
      assert.equal(text?.length, length);
      const letters = lettersOf(Object.fromEntries(sets.map((set) => [set, true])));
      assert.ok([...(text ?? "")].every((char) => letters.includes(char)));
    }),
    { numRuns: 30 },
  );
});

test("characters are equally likely", () => {
  const counts = new Map<string, number>();
  const text = spellCharacters(drawCharacters(90_000, ["numbers"], randomBytes), ["numbers"]) ?? "";
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  // 10,000 are expected of each, with a standard deviation of 94: seven of these are never reached by chance.
  for (const [char, count] of counts)
    assert.ok(Math.abs(count - 10_000) < 660, `${char} came ${count} times`);
});
