import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { decrypt } from "./age.ts";
import { readSecretValue } from "./owner-reading.ts";
import { addHost, makeScratch, outcomes, random, snapshot, template } from "./scratch.ts";
import { readStore, storePath } from "./store-files.ts";

test("what embedded hosts need lies in the embedded store, the rest in the committed one", async (t) => {
  const scratch = await makeScratch(t);
  await addHost(scratch.stores.committed, "attic");
  const specs = {
    "read/by-mill": random(),
    "read/by-both": random(),
    "on/mill": template('{{readSecret "read/by-mill"}}{{readSecret "read/by-both"}}'),
    "on/attic": template('{{readSecret "read/by-both"}}'),
    "on/none": random(),
  };
  const report = await scratch.update({ specs, mounts: { "on/mill": ["mill"], "on/attic": ["attic"] } });
  const inStore = (store: string) =>
    report.secrets.filter((secret) => secret.store === store).map(({ name }) => name);
  assert.deepEqual(inStore("embedded"), ["on/mill", "read/by-both", "read/by-mill"]);
  assert.deepEqual(inStore("committed"), ["on/attic", "on/none", "read/by-both"]);
  const inEmbedded = await readSecretValue(scratch.stores.embedded, "read/by-both", scratch.lookup);
  assert.notDeepEqual(
    await readSecretValue(scratch.stores.committed, "read/by-both", scratch.lookup),
    inEmbedded,
  );
});

test("while an embedded secret fails, nothing new moves to the committed store", async (t) => {
  const scratch = await makeScratch(t);
  const specs = {
    "read/by-mill": random(),
    "on/mill": template('{{#if}}{{readSecret "read/by-mill"}}{{/if}}'),
  };
  const report = await scratch.update({ specs, mounts: { "on/mill": ["mill"] } });
  assert.deepEqual(Object.keys(outcomes(report)), ["on/mill"]);
  assert.deepEqual(
    Object.keys(await snapshot(scratch.root)).filter((file) => file.startsWith("secrets/")),
    [],
  );
});

test("an embedded store alone leaves the repository and the user's home as they are", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update({ specs: { key: random() }, mounts: { key: ["mill"] } });
  assert.deepEqual(Object.keys(await snapshot(scratch.root)), [
    ".croft/secrets/keys/hosts/mill.txt",
    ".croft/secrets/keys/owner.txt",
    ".croft/secrets/ledger/key.age",
    ".croft/secrets/recipients/hosts/mill.txt",
    ".croft/secrets/recipients/owners.txt",
    ".croft/secrets/stamp.json",
    ".croft/secrets/values/key.age",
  ]);
});

test("everything in the embedded store is its user's alone", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update({ specs: { "a/key": random() }, mounts: { "a/key": ["mill"] } });
  const store = join(scratch.root, ".croft/secrets");
  const modeOf = async (path: string): Promise<string> =>
    ((await stat(join(store, path))).mode & 0o777).toString(8);
  for (const folder of ["", "keys", "keys/hosts", "values", "values/a", "ledger", "recipients"]) {
    assert.equal(await modeOf(folder), "700", folder);
  }
  for (const file of [
    "keys/owner.txt",
    "keys/hosts/mill.txt",
    "values/a/key.age",
    "ledger/a/key.age",
    "stamp.json",
  ]) {
    assert.equal(await modeOf(file), "600", file);
  }
});

test("a value is for the owner and the mounting hosts, a ledger for the owner alone", async (t) => {
  const scratch = await makeScratch(t);
  const [attic, shed] = [
    await addHost(scratch.stores.committed, "attic"),
    await addHost(scratch.stores.committed, "shed"),
  ];
  await scratch.update({ specs: { key: random() }, mounts: { key: ["attic"] } });
  const value = (await readStore(scratch.stores.committed, storePath.value("key"))) ?? assert.fail();
  const ledger = (await readStore(scratch.stores.committed, storePath.ledger("key"))) ?? assert.fail();
  const own = await readSecretValue(scratch.stores.committed, "key", scratch.lookup);
  assert.deepEqual(await decrypt(value, [attic]), own);
  assert.equal(await decrypt(value, [shed]), undefined);
  assert.equal(await decrypt(ledger, [attic]), undefined);
});

test("changed recipients are noticed, and only what they concern is encrypted again", async (t) => {
  const scratch = await makeScratch(t);
  const store = scratch.stores.committed;
  await addHost(store, "attic");
  await addHost(store, "shed");
  const specs = { key: random(), other: random() };
  await scratch.update({ specs, mounts: { key: ["attic"], other: ["attic"] } });
  const content = await readSecretValue(store, "key", scratch.lookup);

  const added = await scratch.update({ specs, mounts: { key: ["attic", "shed"], other: ["attic"] } });
  assert.deepEqual(outcomes(added), { key: "re-encrypted: host `shed` added", other: "unchanged" });
  const shed = await addHost(store, "shed");
  const rekeyed = await scratch.update({ specs, mounts: { key: ["attic", "shed"], other: ["attic"] } });
  assert.deepEqual(outcomes(rekeyed), { key: "re-encrypted: host `shed` has a new key", other: "unchanged" });
  assert.deepEqual(
    await decrypt((await readStore(store, "values/key.age")) ?? assert.fail(), [shed]),
    content,
  );
  const removed = await scratch.update({ specs, mounts: { key: ["shed"], other: ["attic"] } });
  assert.deepEqual(outcomes(removed), { key: "re-encrypted: host `attic` removed", other: "unchanged" });
  assert.deepEqual(await readSecretValue(store, "key", scratch.lookup), content);
});

test("an embedded host whose key was lost gets a new one", async (t) => {
  const scratch = await makeScratch(t);
  const wanted = { specs: { key: random() }, mounts: { key: ["mill"] } };
  await scratch.update(wanted);
  const content = await readSecretValue(scratch.stores.embedded, "key", scratch.lookup);
  await scratch.stores.embedded.disk.remove(join(scratch.root, ".croft/secrets/keys/hosts/mill.txt"));
  assert.deepEqual(outcomes(await scratch.update(wanted)), {
    key: "re-encrypted: host `mill` has a new key",
  });
  assert.deepEqual(await readSecretValue(scratch.stores.embedded, "key", scratch.lookup), content);
});
