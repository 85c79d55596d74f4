import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { type Draw, DrawBook } from "./draw.ts";

const emptyBook = (kept: ReadonlyMap<string, Draw> = new Map()): DrawBook =>
  new DrawBook("notes", kept, randomBytes);

test("a draw that was kept is replayed", () => {
  const first = emptyBook();
  const password = first.characters("random", 24, ["lowercase"]);
  const again = emptyBook(first.made);
  assert.equal(again.characters("random", 24, ["lowercase"]), password);
  assert.deepEqual(again.added, []);
});

test("a missing draw is made beside those that were kept", () => {
  const first = emptyBook();
  const alice = first.bytes("alice", 16);
  const again = emptyBook(first.made);
  again.bytes("bob", 16);
  assert.deepEqual(again.bytes("alice", 16), alice);
  assert.deepEqual(again.added, ["bob"]);
});

test("the order of draws changes none of them", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 }), (names) => {
      const first = emptyBook();
      const drawn = names.map((name) => Buffer.from(first.bytes(name, 16)).toString("hex"));
      const again = emptyBook(first.made);
      const reversed = names.toReversed().map((name) => Buffer.from(again.bytes(name, 16)).toString("hex"));
      assert.deepEqual(reversed.toReversed(), drawn);
    }),
  );
});

test("a name that is drawn twice is refused", () => {
  const book = emptyBook();
  book.bytes("salt", 16);
  assert.throws(() => book.bytes("salt", 16), {
    message: [
      "secret `notes` makes the draw `salt` twice",
      '  hint: give each its own name, such as `draw=(fmt "salt/%s" @key)`',
    ].join("\n"),
  });
});

test("a draw of another length is refused", () => {
  const first = emptyBook();
  first.characters("random", 24, ["lowercase", "numbers"]);
  assert.throws(() => emptyBook(first.made).characters("random", 32, ["lowercase", "numbers"]), {
    message: [
      "draw `random` of secret `notes` is 24 characters of lowercase, numbers, but 32 characters of lowercase, numbers are wanted",
      "  hint: `npx croft secrets update --rotate notes` draws it anew, or undo the change",
    ].join("\n"),
  });
});

test("a draw of other characters is refused", () => {
  const first = emptyBook();
  first.characters("random", 24, ["lowercase"]);
  assert.throws(() => emptyBook(first.made).characters("random", 24, ["numbers"]), {
    message: [
      "draw `random` of secret `notes` is 24 characters of lowercase, but 24 characters of numbers are wanted",
      "  hint: `npx croft secrets update --rotate notes` draws it anew, or undo the change",
    ].join("\n"),
  });
});

test("a draw of another kind is refused", () => {
  const first = emptyBook();
  first.characters("random", 24, ["lowercase"]);
  assert.throws(() => emptyBook(first.made).bytes("random", 16), {
    message: [
      "draw `random` of secret `notes` is 24 characters of lowercase, but 16 random bytes are wanted",
      "  hint: `npx croft secrets update --rotate notes` draws it anew, or undo the change",
    ].join("\n"),
  });
});

test("bytes that cannot have been drawn are not spelled", () => {
  const kept = new Map([
    ["random", { kind: "characters", length: 1, sets: ["numbers"], bytes: Uint8Array.of(255) } as const],
  ]);
  assert.throws(() => emptyBook(kept).characters("random", 1, ["numbers"]), {
    message: [
      "draw `random` of secret `notes` holds bytes that were never drawn",
      "  hint: restore the ledger from git, or `npx croft secrets update --rotate notes`",
    ].join("\n"),
  });
});
