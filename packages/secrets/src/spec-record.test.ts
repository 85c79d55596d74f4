import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { readSecretValue } from "./owner-reading.ts";
import { addHost, makeScratch, mountsOf, outcomes, random, snapshot, template } from "./scratch.ts";
import { outdatedSecrets } from "./spec-record.ts";
import type { SecretSpec } from "./spec.ts";

const mounts = { hash: ["attic"] };
const of = (...users: readonly string[]): Readonly<Record<string, SecretSpec>> => ({
  hash: template("{{#each users}}{{this}} {{/each}}", { users }),
  key: random(),
});
const file = "secrets/public/hash.json";

async function deployed(t: Parameters<typeof makeScratch>[0]) {
  const scratch = await makeScratch(t);
  await addHost(scratch.stores.committed, "attic");
  await scratch.update({ specs: of("alice"), mounts });
  const outdated = async (specs: Readonly<Record<string, SecretSpec>>): Promise<readonly string[]> =>
    (await outdatedSecrets(scratch.stores.committed, "attic", mountsOf(mounts), specs)).map(
      ({ message }) => message,
    );
  return { ...scratch, outdated };
}

test("a mounted value is older once its specification changed, until secrets are brought up to date", async (t) => {
  const { outdated, update } = await deployed(t);
  assert.deepEqual(await outdated(of("alice")), []);
  assert.deepEqual(await outdated(of("alice", "bob")), [
    "secret `hash` is older than its specification\n  hint: run `npx nx secrets`",
  ]);
  await update({ specs: of("alice", "bob"), mounts });
  assert.deepEqual(await outdated(of("alice", "bob")), []);
});

test("a specification that comes to the same value is noted, and the second run writes nothing", async (t) => {
  const { root, outdated, update } = await deployed(t);
  const data = { users: ["alice"], unread: true };
  const same = { ...of("alice"), hash: template("{{#each users}}{{this}} {{/each}}", data) };
  assert.equal((await outdated(same)).length, 1);
  const { hash } = outcomes(await update({ specs: same, mounts }));
  assert.equal(hash, "unchanged");
  assert.deepEqual(await outdated(same), []);
  const before = await snapshot(root);
  await update({ specs: same, mounts });
  assert.deepEqual(await snapshot(root), before);
});

test("a value from before there were records, or with one of a later version, brings no warning", async (t) => {
  const { root, outdated } = await deployed(t);
  await writeFile(join(root, file), '{ "version": 2 }');
  assert.deepEqual(await outdated(of("bob")), []);
  await writeFile(join(root, file), "{");
  assert.deepEqual(await outdated(of("bob")), []);
  await rm(join(root, file));
  assert.deepEqual(await outdated(of("bob")), []);
});

test("the record is the same for every value that one specification can have", async (t) => {
  const { root, stores, lookup, update } = await deployed(t);
  const record = () => readFile(join(root, "secrets/public/key.json"), "utf8");
  const value = async () => Buffer.from(await readSecretValue(stores.committed, "key", lookup)).toString();
  const [before, drawn] = [await record(), await value()];
  await update({ specs: of("alice"), mounts }, { rotate: ["key"] });
  assert.notEqual(await value(), drawn);
  assert.equal(await record(), before);
  assert.match(before, /^\{"version":1,"spec":"[0-9a-f]{64}"\}\n$/u);
});

test("what is pruned leaves no record", async (t) => {
  const { root, update } = await deployed(t);
  await update({ specs: { key: random() } }, { prune: true });
  const files = Object.keys(await snapshot(join(root, "secrets"))).filter((path) => path.includes("hash"));
  assert.deepEqual(files, []);
});
