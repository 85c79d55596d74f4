import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "@croft/process";
import { readFile } from "node:fs/promises";
import { ciphertextsFor, decryptForHost } from "./delivery.ts";
import { setHostRecipient } from "./host-recipient.ts";
import { readSecretValue } from "./owner-reading.ts";
import { makeScratch, mountsOf, random } from "./scratch.ts";

const wanted = {
  specs: { key: random(), other: random() },
  mounts: { key: ["mill"], other: ["mill", "barn"] },
};

test("an embedded host gets the values of its own mounts", async (t) => {
  const scratch = await makeScratch(t);
  const store = scratch.stores.embedded;
  await scratch.update(wanted);
  const barn = await ciphertextsFor(store, "barn", mountsOf(wanted.mounts));
  assert.deepEqual(
    barn.map(({ mount, secret, path }) => ({ mount, secret, path })),
    [{ mount: "other-barn", secret: "other", path: "/run/croft/secrets/other" }],
  );
  const [opened] = await decryptForHost(store, "barn", barn);
  assert.deepEqual(opened?.plaintext, await readSecretValue(store, "other", scratch.lookup));
});

test("a host that mounts nothing needs no store", async (t) => {
  const scratch = await makeScratch(t);
  const none = await ciphertextsFor(scratch.stores.committed, "attic", mountsOf(wanted.mounts));
  assert.deepEqual(none, []);
  assert.deepEqual(await decryptForHost(scratch.stores.embedded, "attic", none), []);
});

test("a value that was never made is an error with the command that makes it", async (t) => {
  const scratch = await makeScratch(t);
  await assert.rejects(ciphertextsFor(scratch.stores.committed, "attic", mountsOf({ key: ["attic"] })), {
    message: [
      "secret `key` has no value yet",
      "  at secrets/values/key.age",
      "  hint: `npx nx secrets` makes it",
    ].join("\n"),
  });
});

test("a value that is not for the host's SSH key is an error before it reaches the host", async (t) => {
  const scratch = await makeScratch(t);
  const store = scratch.stores.committed;
  const key = join(scratch.root, "id");
  for (const file of [key, `${key}2`]) {
    assert.equal((await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file])).code, 0);
  }
  await setHostRecipient(store, "attic", await readFile(`${key}.pub`, "utf8"));
  const specs = { key: random() };
  await scratch.update({ specs, mounts: { key: ["attic"] } });
  const mounts = mountsOf({ key: ["attic"] });
  assert.equal((await ciphertextsFor(store, "attic", mounts)).length, 1);
  await setHostRecipient(store, "attic", await readFile(`${key}2.pub`, "utf8"));
  await assert.rejects(ciphertextsFor(store, "attic", mounts), {
    message: [
      "secret `key` is not encrypted to host `attic`",
      "  at secrets/values/key.age",
      "  hint: `npx nx secrets` brings it up to date",
    ].join("\n"),
  });
});

test("a value that an embedded host cannot open is an error", async (t) => {
  const scratch = await makeScratch(t);
  const store = scratch.stores.embedded;
  await scratch.update(wanted);
  const mill = await ciphertextsFor(store, "mill", mountsOf(wanted.mounts));
  const message = [
    "secret `key` cannot be decrypted by host `barn`",
    "  at .croft/secrets/values/key.age",
    "  hint: `npx nx secrets` encrypts it anew",
  ].join("\n");
  await assert.rejects(decryptForHost(store, "barn", mill), { message });
  await rm(join(store.folder, "keys/hosts/barn.txt"));
  await assert.rejects(decryptForHost(store, "barn", mill), { message });
});

test("showing a secret that is not there names the nearest one", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(wanted);
  await assert.rejects(readSecretValue(scratch.stores.embedded, "othre", scratch.lookup), {
    message: [
      "the store has no value of secret `othre`",
      "  at .croft/secrets/values/othre.age",
      "  hint: did you mean `other`?",
    ].join("\n"),
  });
});
