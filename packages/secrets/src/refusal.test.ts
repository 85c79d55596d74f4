import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { CroftError } from "@croft/evaluator";
import { encrypt } from "./age.ts";
import { readRecipients } from "./owner.ts";
import { secretsErrors } from "./report.ts";
import {
  addHost,
  makeScratch,
  mountsOf,
  outcomes,
  random,
  type Scratch,
  scratchHosts,
  snapshot,
  template,
  type Wanted,
} from "./scratch.ts";
import type { SecretSpec } from "./spec.ts";
import { updateSecrets } from "./update.ts";

/** Mistakes in specs and mounts: what is wanted, and all errors of the update. */
const refusals: Readonly<Record<string, readonly [wanted: Wanted, errors: readonly string[]]>> = {
  "a spec without a method": [
    { specs: { key: {} } },
    ["secret `key` has no method\n  hint: give it `random` or `template`"],
  ],
  "a spec with two methods": [
    { specs: { key: { ...random(), ...template("x") } } },
    ["secret `key` has two methods, `random` and `template`\n  hint: keep one of them"],
  ],
  "a random secret without characters": [
    { specs: { key: random({ lowercase: false, uppercase: false, numbers: false }) } },
    [
      "secret `key` has no characters to draw from\n  hint: switch on `lowercase`, `uppercase`, `numbers` or `special`",
    ],
  ],
  "a random secret without a length": [
    { specs: { key: random({ length: 0 }) } },
    ["secret `key` has a length of 0\n  hint: a length is a whole number from 1 to 4096"],
  ],
  "a read of an unknown secret": [
    { specs: { "passwords/alice": random(), key: template('{{readSecret "password/alice"}}') } },
    [
      "secret `key` reads secret `password/alice`, which does not exist\n  hint: did you mean `passwords/alice`?",
    ],
  ],
  "a secret that reads itself": [
    { specs: { key: template('{{readSecret "key"}}') } },
    ["secret `key` reads itself"],
  ],
  "a circle of secrets, and what reads it": [
    {
      specs: {
        a: template('{{readSecret "b"}}'),
        b: template('{{readSecret "c"}}'),
        c: template('{{readSecret "a"}}'),
        d: template('{{readSecret "c"}}'),
      },
    },
    [
      "secrets read one another in a circle: `a` → `b` → `c` → `a`",
      "secret `d` reads secret `c`, which failed",
    ],
  ],
  "a name that climbs out of the store": [
    { specs: { "../key": random() } },
    [
      [
        'secret has the name "../key", which cannot be a path',
        "  hint: use letters, digits and `._@+=,-`, beginning with a letter or a digit, in parts separated by `/`",
      ].join("\n"),
    ],
  ],
  "a mount of an unknown secret": [
    { specs: { key: random() }, mounts: { keys: ["mill"] } },
    ["mount `keys` is of secret `keys`, which does not exist\n  hint: did you mean `key`?"],
  ],
  "a mount on an unknown host": [
    { specs: { key: random() }, mounts: { key: ["mil"] } },
    ["mount `key` is on host `mil`, which does not exist\n  hint: did you mean `mill`?"],
  ],
  "a mount on a host without a key": [
    { specs: { key: random() }, mounts: { key: ["attic"] } },
    [
      [
        "host `attic` has no public key to encrypt secrets to",
        "  at secrets/recipients/hosts/attic.txt",
        "  hint: `npx croft host add attic <user@address>` reads it from the host",
      ].join("\n"),
    ],
  ],
};

for (const [what, [wanted, errors]] of Object.entries(refusals)) {
  test(`${what} is refused, and nothing is written for it`, async (t) => {
    const scratch = await makeScratch(t);
    const report = await scratch.update(wanted);
    assert.deepEqual(
      secretsErrors(report).map((error) => error.message),
      errors,
    );
    const written = Object.keys(await snapshot(scratch.root)).filter((file) =>
      /\/(values|ledger)\/(?!passwords)/.test(file),
    );
    assert.deepEqual(written, mounted(wanted) ? ["secrets/ledger/key.age", "secrets/values/key.age"] : []);
  });
}

/** The mount of a secret that is not there leaves the other secret alone. */
const mounted = (wanted: Wanted): boolean => Object.keys(wanted.mounts ?? {}).includes("keys");

test("a mount with a hostile name is refused", async (t) => {
  const scratch = await makeScratch(t);
  const [mount] = Object.values(mountsOf({ key: ["mill"] }));
  const { stores, lookup } = scratch;
  const report = await updateSecrets({
    specs: { key: random() },
    mounts: { "../key": mount ?? assert.fail() },
    hosts: scratchHosts,
    stores,
    lookup,
  });
  assert.deepEqual(
    secretsErrors(report).map((error) => error.message),
    [
      [
        'mount has the name "../key", which cannot be a path',
        "  hint: use letters, digits and `._@+=,-`, beginning with a letter or a digit, in parts separated by `/`",
      ].join("\n"),
    ],
  );
  assert.deepEqual(await snapshot(scratch.root), {});
});

test("a failing mount also stops what reads its secret, so that the two never part", async (t) => {
  const scratch = await makeScratch(t);
  await addHost(scratch.stores.committed, "attic");
  const specs = { password: random(), hash: template('{{hashBcrypt (readSecret "password") cost=4}}') };
  const report = await scratch.update({ specs, mounts: { password: ["shed"], hash: ["attic"] } });
  assert.equal(outcomes(report)["hash"], "failed: secret `hash` reads secret `password`, which failed");
  assert.deepEqual(Object.keys(await snapshot(scratch.root)), ["secrets/recipients/hosts/attic.txt"]);
});

test("rotating an unknown secret is refused", async (t) => {
  const scratch = await makeScratch(t);
  await assert.rejects(scratch.update({ specs: { key: random() } }, { rotate: ["kye"] }), {
    message: "secret `kye` does not exist\n  hint: did you mean `key`?",
  });
});

const wanted = { specs: { key: random() } };
const ledgerFile = ({ root }: Scratch): string => join(root, "secrets/ledger/key.age");

/** Puts something into the ledger, and expects that the update refuses it and writes nothing. */
async function assertUnreadable(scratch: Scratch, detail: string): Promise<void> {
  const before = await snapshot(scratch.root);
  assert.deepEqual(outcomes(await scratch.update(wanted)), {
    key: [
      `failed: ledger of secret \`key\` cannot be read: ${detail}`,
      "  at secrets/ledger/key.age",
      "  hint: restore the file; a ledger that cannot be read is never taken for an empty one",
    ].join("\n"),
  });
  assert.deepEqual(await snapshot(scratch.root), before);
}

test("a ledger that is damaged, empty or no age file is never taken for an empty one", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  for (const content of ["", "hello", "age-encryption.org/v1\n"]) {
    await writeFile(ledgerFile(scratch), content);
    await assertUnreadable(scratch, "it is damaged");
  }
});

test("a ledger with something else in it is never taken for an empty one", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  const owners = (await readRecipients(scratch.stores.committed, "recipients/owners.txt")) ?? assert.fail();
  const contents = {
    "not json": "it is no JSON",
    "{}": "`version` is not what version 1 has there",
    '{"version": 2}': "it is of version 2, and this Croft knows 1",
    '{"version": 1, "draws": {}}': "`draws` is not what version 1 has there",
  };
  for (const [content, detail] of Object.entries(contents)) {
    await writeFile(ledgerFile(scratch), await encrypt(Buffer.from(content), owners));
    await assertUnreadable(scratch, detail);
  }
});

test("a value whose ledger was lost is not overwritten", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  await rm(ledgerFile(scratch));
  const before = await snapshot(scratch.root);
  assert.deepEqual(outcomes(await scratch.update(wanted)), {
    key: [
      "failed: secret `key` has a value but no ledger",
      "  at secrets/values/key.age",
      "  hint: restore `secrets/ledger/key.age`, or delete the value to have the secret made anew",
    ].join("\n"),
  });
  assert.deepEqual(await snapshot(scratch.root), before);
});

test("names that objects inherit are names like any other", async (t) => {
  const scratch = await makeScratch(t);
  const specs: Readonly<Record<string, SecretSpec>> = {
    constructor: random(),
    toString: template('{{readSecret "constructor"}}'),
  };
  const report = await scratch.update({ specs, mounts: { toString: ["mill"] } });
  assert.deepEqual(
    report.secrets.map(({ name, outcome }) => [name, outcome]),
    [
      ["constructor", "created"],
      ["toString", "created"],
    ],
  );
  const unknown = await scratch.update({ specs: { key: template('{{readSecret "valueOf"}}') } });
  assert.equal(
    secretsErrors(unknown)[0]?.message,
    "secret `key` reads secret `valueOf`, which does not exist\n  hint: there is `key`",
  );
});

test("a spec that is in error when it is read fails alone, wherever it breaks", async (t) => {
  const scratch = await makeScratch(t);
  const broken = (): never => {
    throw new CroftError("wrong-type", "option `notes.users` is broken");
  };
  const data = Object.defineProperty({}, "users", { enumerable: true, get: broken });
  const specs = {
    key: random(),
    below: template("{{#each users}}{{/each}}", data),
    above: random(),
    reader: template('{{readSecret "above"}}'),
  };
  Object.defineProperty(specs, "above", { enumerable: true, get: broken });
  for (const outcome of ["created", "unchanged"]) {
    const report = await scratch.update({
      specs,
      mounts: { key: ["mill"], below: ["mill"], reader: ["mill"] },
    });
    assert.deepEqual(outcomes(report), {
      above: "failed: option `notes.users` is broken",
      below: "failed: option `notes.users` is broken",
      key: outcome,
      reader: "failed: secret `reader` reads secret `above`, which failed",
    });
  }
});
