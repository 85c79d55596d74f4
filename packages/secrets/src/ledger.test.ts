import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allCharacterSets } from "./characters.ts";
import type { Draw } from "./draw.ts";
import { encodeLedger, type Ledger, parseLedger } from "./ledger.ts";

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const draw: fc.Arbitrary<Draw> = fc.oneof(
  bytes.map((drawn) => ({ kind: "bytes" as const, length: drawn.length, bytes: drawn })),
  fc.tuple(bytes, fc.subarray([...allCharacterSets], { minLength: 1 })).map(([drawn, sets]) => ({
    kind: "characters" as const,
    length: drawn.length,
    sets,
    bytes: drawn,
  })),
);
const mapOf = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<ReadonlyMap<string, T>> =>
  fc.array(fc.tuple(fc.string(), value), { maxLength: 4 }).map((entries) => new Map(entries));
const plain = { noNullPrototype: true };
const ledger: fc.Arbitrary<Ledger> = fc.record(
  {
    draws: mapOf(draw),
    value: fc.record({ sha256: hash, inputs: hash, reads: mapOf(hash) }, plain),
    file: fc.record({ sha256: hash, hosts: mapOf(fc.string()) }, plain),
    owners: fc.array(fc.string()),
  },
  plain,
);

test("parsing inverts encoding", () => {
  fc.assert(
    fc.property(ledger, (given) =>
      assert.deepEqual(parseLedger("key", "ledger/key.age", encodeLedger(given)), given),
    ),
  );
});

test("equal ledgers are equal files, in whatever order they were filled", () => {
  fc.assert(
    fc.property(ledger, (given) => {
      const reversed = { ...given, draws: new Map([...given.draws].toReversed()) };
      assert.deepEqual(encodeLedger(reversed), encodeLedger(given));
    }),
  );
});

test("version 1 looks like this", () => {
  const text = `{
  "version": 1,
  "draws": [
    {
      "name": "random",
      "kind": "characters",
      "length": 2,
      "sets": [
        "numbers"
      ],
      "bytes": "AQI="
    },
    {
      "name": "salt/alice",
      "kind": "bytes",
      "length": 1,
      "bytes": "/w=="
    }
  ],
  "value": {
    "sha256": "${"a".repeat(64)}",
    "inputs": "${"b".repeat(64)}",
    "reads": [
      {
        "name": "passwords/alice",
        "sha256": "${"c".repeat(64)}"
      }
    ]
  },
  "file": {
    "sha256": "${"d".repeat(64)}",
    "hosts": [
      {
        "name": "mill",
        "recipient": "age1mill"
      }
    ]
  },
  "owners": [
    "age1owner"
  ]
}
`;
  const parsed = parseLedger("key", "ledger/key.age", Buffer.from(text));
  assert.deepEqual(parsed.draws.get("random")?.bytes, Uint8Array.of(1, 2));
  assert.equal(Buffer.from(encodeLedger(parsed)).toString(), text);
});

test("a draw that is not as long as it says is refused", () => {
  const given = {
    draws: new Map([["salt", { kind: "bytes", length: 16, bytes: Uint8Array.of(1) } as const]]),
    value: { sha256: "a".repeat(64), inputs: "a".repeat(64), reads: new Map<string, string>() },
    file: { sha256: "a".repeat(64), hosts: new Map<string, string>() },
    owners: [],
  };
  assert.throws(() => parseLedger("key", "ledger/key.age", encodeLedger(given)), {
    message: [
      "ledger of secret `key` cannot be read: `draws.0` is not what version 1 has there",
      "  at ledger/key.age",
      "  hint: restore the file; a ledger that cannot be read is never taken for an empty one",
    ].join("\n"),
  });
});
