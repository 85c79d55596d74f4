import assert from "node:assert/strict";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "@croft/process";
import { makeIdentity, recipientOf } from "./age.ts";
import { readSecretValue } from "./owner-reading.ts";
import { makeScratch, outcomes, random, type Scratch, snapshot } from "./scratch.ts";

const wanted = { specs: { key: random() } };

const identityFile = ({ root }: Scratch): string => join(root, "home/.config/croft/identity.txt");

const messages = async (scratch: Scratch, env = {}, standardInput = ""): Promise<readonly string[]> => {
  const lookup = { ...scratch.lookup, env, standardInput: () => Promise.resolve(standardInput) };
  return (await scratch.update(wanted, { lookup })).errors.map((error) => error.message);
};

test("the first update makes an identity for its user alone, and says where", async (t) => {
  const scratch = await makeScratch(t);
  const report = await scratch.update(wanted);
  assert.equal(report.identityMade, identityFile(scratch));
  assert.equal((await stat(identityFile(scratch))).mode & 0o777, 0o600);
  assert.equal((await stat(join(identityFile(scratch), ".."))).mode & 0o777, 0o700);
  const text = await readFile(identityFile(scratch), "utf8");
  assert.match(text, /^# public key: age1[a-z0-9]{58}\nAGE-SECRET-KEY-1[A-Z0-9]{58}\n$/);
  const owners = await readFile(join(scratch.root, "secrets/recipients/owners.txt"), "utf8");
  assert.equal(owners.split("\n")[1], text.split("\n")[0]?.replace("# public key: ", ""));
});

test("an identity that the user has already is taken, and stays as it is", async (t) => {
  const scratch = await makeScratch(t);
  await mkdir(join(scratch.root, "config/croft"), { recursive: true });
  const file = join(scratch.root, "config/croft/identity.txt");
  await writeFile(file, `${await makeIdentity()}\n`);
  const before = await readFile(file, "utf8");
  const lookup = { ...scratch.lookup, env: { XDG_CONFIG_HOME: join(scratch.root, "config") } };
  const report = await scratch.update(wanted, { lookup });
  assert.deepEqual([outcomes(report), report.identityMade], [{ key: "created" }, undefined]);
  assert.equal(await readFile(file, "utf8"), before);
});

test("an identity comes from the file in CROFT_IDENTITY, or from standard input", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  const elsewhere = join(scratch.root, "key.txt");
  const text = await readFile(identityFile(scratch), "utf8");
  await writeFile(elsewhere, text);
  await rm(identityFile(scratch));
  assert.deepEqual(await messages(scratch, { CROFT_IDENTITY: elsewhere }), []);
  assert.deepEqual(await messages(scratch, { CROFT_IDENTITY: "-" }, text), []);
});

test("a missing identity is an error that writes nothing", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  await rm(identityFile(scratch));
  const before = await snapshot(scratch.root);
  assert.deepEqual(await messages(scratch), [
    [
      "the owner's identity was not found",
      "  at secrets/recipients/owners.txt (the store has an owner already, so no new identity is made)",
      `  hint: put it into \`${identityFile(scratch)}\`, or set \`CROFT_IDENTITY\` to its file, or to \`-\` for standard input`,
    ].join("\n"),
  ]);
  assert.deepEqual(await snapshot(scratch.root), before);
});

test("another's identity is an error that writes nothing", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  const before = await snapshot(scratch.root);
  const message = (source: string): string =>
    [
      `the identity in ${source} is not an owner of this store`,
      "  at secrets/recipients/owners.txt",
      "  hint: set `CROFT_IDENTITY` to the file that holds an owner's identity",
    ].join("\n");
  assert.deepEqual(await messages(scratch, { CROFT_IDENTITY: "-" }, await makeIdentity()), [
    message("standard input"),
  ]);
  assert.deepEqual(await snapshot(scratch.root), before);
  await writeFile(identityFile(scratch), await makeIdentity());
  assert.deepEqual(await messages(scratch), [message(`\`${identityFile(scratch)}\``)]);
});

test("a CROFT_IDENTITY that names nothing is an error, also for a store without an owner", async (t) => {
  const scratch = await makeScratch(t);
  assert.deepEqual(await messages(scratch, { CROFT_IDENTITY: "/nowhere/key.txt" }), [
    "`CROFT_IDENTITY` names `/nowhere/key.txt`, which cannot be read\n  hint: correct the path, or unset it",
  ]);
  assert.deepEqual(await snapshot(scratch.root), {});
});

test("something else than an identity is an error that does not repeat it", async (t) => {
  const scratch = await makeScratch(t);
  const message = [
    "standard input holds no identity",
    "  hint: an identity is `AGE-SECRET-KEY-1…` from `age-keygen`, or an OpenSSH ed25519 key without passphrase",
  ].join("\n");
  for (const text of ["", "# only a comment\n", "hunter2\n", "AGE-SECRET-KEY-1QQQQ\n"]) {
    assert.deepEqual(await messages(scratch, { CROFT_IDENTITY: "-" }, text), [message]);
  }
});

test("secrets without owners.txt are an error, not a store that has no owner yet", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  await rm(join(scratch.root, "secrets/recipients/owners.txt"));
  const before = await snapshot(scratch.root);
  assert.deepEqual(await messages(scratch), [
    [
      "the store holds secrets but names no owner",
      "  at secrets/recipients/owners.txt",
      "  hint: restore the file, for instance with `git checkout`",
    ].join("\n"),
  ]);
  assert.deepEqual(await snapshot(scratch.root), before);
});

test("a lost owner of the embedded store is an error that says how to begin anew", async (t) => {
  const scratch = await makeScratch(t);
  const embedded = { ...wanted, mounts: { key: ["mill"] } };
  await scratch.update(embedded);
  await rm(join(scratch.root, ".croft/secrets/keys/owner.txt"));
  const { errors } = await scratch.update(embedded);
  assert.deepEqual(
    errors.map((error) => error.message),
    [
      [
        "the owner's identity of the embedded store was not found",
        "  at .croft/secrets/keys/owner.txt",
        "  hint: delete `.croft/secrets` to begin it anew, with new secrets",
      ].join("\n"),
    ],
  );
});

test("a second owner can read everything after the next update by the first", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  const second = await makeIdentity();
  const owners = join(scratch.root, "secrets/recipients/owners.txt");
  await writeFile(owners, `${await readFile(owners, "utf8")}${await recipientOf(second, "test")}\n`);
  const lookup = {
    ...scratch.lookup,
    env: { CROFT_IDENTITY: "-" },
    standardInput: () => Promise.resolve(second),
  };
  assert.deepEqual(outcomes(await scratch.update(wanted, { lookup })), {
    key: [
      "failed: ledger of secret `key` cannot be read: it is encrypted to other owners",
      "  at secrets/ledger/key.age",
      "  hint: restore the file; a ledger that cannot be read is never taken for an empty one",
    ].join("\n"),
  });
  assert.deepEqual(outcomes(await scratch.update(wanted)), { key: "re-encrypted: owners changed" });
  assert.deepEqual(outcomes(await scratch.update(wanted, { lookup })), { key: "unchanged" });
  const value = await readSecretValue(scratch.stores.committed, "key", lookup);
  assert.deepEqual(value, await readSecretValue(scratch.stores.committed, "key", scratch.lookup));
});

test("a store that nothing is needed from asks for no identity", async (t) => {
  const scratch = await makeScratch(t);
  const report = await scratch.update({ specs: {} });
  assert.deepEqual(report, { version: 1, dryRun: false, secrets: [], errors: [] });
  assert.deepEqual(await snapshot(scratch.root), {});
});

test("an identity file that cannot be read is an error", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  await rm(identityFile(scratch));
  await mkdir(identityFile(scratch));
  assert.deepEqual(await messages(scratch), [
    `the identity file \`${identityFile(scratch)}\` cannot be read\n  hint: it must be a file that you may read`,
  ]);
});

test("an OpenSSH key can own a store", async (t) => {
  const scratch = await makeScratch(t);
  const key = join(scratch.root, "id_ed25519");
  assert.equal((await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key])).code, 0);
  const lookup = { ...scratch.lookup, env: { CROFT_IDENTITY: key } };
  assert.deepEqual(outcomes(await scratch.update(wanted, { lookup })), { key: "created" });
  assert.deepEqual(outcomes(await scratch.update(wanted, { lookup })), { key: "unchanged" });
  assert.equal((await readSecretValue(scratch.stores.committed, "key", lookup)).length, 24);
});
