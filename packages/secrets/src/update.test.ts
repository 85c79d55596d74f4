import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import bcrypt from "bcryptjs";
import { secretsErrors } from "./report.ts";
import { readSecretValue } from "./owner-reading.ts";
import { makeScratch, outcomes, random, type Scratch, snapshot, template } from "./scratch.ts";

const htpasswd = (users: readonly string[]) =>
  template(
    '{{#each users}}\n{{this}}:{{hashBcrypt (readSecret (fmt "passwords/%s" this)) cost=4 draw=(fmt "salt/%s" this)}}\n{{/each}}',
    { users },
  );

const twoUsers = {
  specs: { "passwords/alice": random(), "passwords/bob": random(), htpasswd: htpasswd(["alice", "bob"]) },
  mounts: { htpasswd: ["mill"] },
};

const valueOf = async ({ stores, lookup }: Scratch, name: string): Promise<string> =>
  Buffer.from(await readSecretValue(stores.embedded, name, lookup)).toString();

test("the first run creates what is mounted and what that reads", async (t) => {
  const scratch = await makeScratch(t);
  const report = await scratch.update(twoUsers);
  assert.deepEqual(outcomes(report), {
    htpasswd: "created",
    "passwords/alice": "created",
    "passwords/bob": "created",
  });
  const [alice = "", bob = ""] = (await valueOf(scratch, "htpasswd")).trim().split("\n");
  assert.equal(
    await bcrypt.compare(await valueOf(scratch, "passwords/alice"), alice.replace("alice:", "")),
    true,
  );
  assert.equal(await bcrypt.compare(await valueOf(scratch, "passwords/bob"), bob.replace("bob:", "")), true);
  assert.match(await valueOf(scratch, "passwords/alice"), /^[a-zA-Z1-9]{24}$/);
});

test("the second run touches no file", async (t) => {
  const scratch = await makeScratch(t);
  const wanted = { specs: { ...twoUsers.specs, "only/mine": random() }, mounts: twoUsers.mounts };
  await scratch.update(wanted);
  const before = await snapshot(scratch.root);
  const report = await scratch.update(wanted);
  assert.deepEqual(new Set(Object.values(outcomes(report))), new Set(["unchanged"]));
  assert.deepEqual(await snapshot(scratch.root), before);
});

test("the second run touches no file without the stamp either", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const { ".croft/secrets/stamp.json": _, ...before } = await snapshot(scratch.root);
  await rm(join(scratch.root, ".croft/secrets/stamp.json"));
  assert.deepEqual(new Set(Object.values(outcomes(await scratch.update(twoUsers)))), new Set(["unchanged"]));
  const { ".croft/secrets/stamp.json": stamp, ...after } = await snapshot(scratch.root);
  assert.deepEqual(after, before);
  assert.notEqual(stamp, undefined);
});

test("a changed template keeps the draws that it still makes", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const before = (await valueOf(scratch, "htpasswd")).trim().split("\n");
  const specs = {
    ...twoUsers.specs,
    "passwords/carol": random(),
    htpasswd: htpasswd(["carol", "bob", "alice"]),
  };
  const report = await scratch.update({ ...twoUsers, specs });
  assert.deepEqual(outcomes(report), {
    htpasswd: "rendered: its spec changed",
    "passwords/alice": "unchanged",
    "passwords/bob": "unchanged",
    "passwords/carol": "created",
  });
  const after = (await valueOf(scratch, "htpasswd")).trim().split("\n");
  assert.deepEqual(after.slice(1).toReversed(), before);
});

test("a draw that is no longer made is kept, and comes back with what makes it", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const before = await valueOf(scratch, "htpasswd");
  await scratch.update({ ...twoUsers, specs: { ...twoUsers.specs, htpasswd: htpasswd(["alice"]) } });
  await scratch.update(twoUsers);
  assert.equal(await valueOf(scratch, "htpasswd"), before);
});

test("prune drops draws that are no longer made", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const before = await valueOf(scratch, "htpasswd");
  const onlyAlice = { ...twoUsers, specs: { ...twoUsers.specs, htpasswd: htpasswd(["alice"]) } };
  await scratch.update(onlyAlice);
  const report = await scratch.update(onlyAlice, { prune: true, only: "embedded" });
  assert.deepEqual(outcomes(report), {
    htpasswd: "pruned: draw `salt/bob` dropped",
    "passwords/alice": "unchanged",
    "passwords/bob": "pruned: not referenced",
  });
  await scratch.update(twoUsers);
  const [alice, bob] = (await valueOf(scratch, "htpasswd")).split("\n");
  assert.equal(alice, before.split("\n")[0]);
  assert.notEqual(bob, before.split("\n")[1]);
});

test("a rotated secret is drawn anew, and what reads it follows", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const [alice, bob] = (await valueOf(scratch, "htpasswd")).split("\n");
  const report = await scratch.update(twoUsers, { rotate: ["passwords/alice"] });
  assert.deepEqual(outcomes(report), {
    htpasswd: "rendered: secret `passwords/alice` changed",
    "passwords/alice": "rendered: rotated",
    "passwords/bob": "unchanged",
  });
  const after = (await valueOf(scratch, "htpasswd")).split("\n");
  assert.notEqual(after[0], alice);
  assert.equal(after[1], bob);
});

test("rotating is the way out of a draw of another length", async (t) => {
  const scratch = await makeScratch(t);
  const mounts = { key: ["mill"] };
  await scratch.update({ specs: { key: random() }, mounts });
  const longer = { specs: { key: random({ length: 40 }) }, mounts };
  const before = await snapshot(scratch.root);
  assert.match(
    outcomes(await scratch.update(longer))["key"] ?? "",
    /^failed: draw `random` of secret `key` is 24 /,
  );
  assert.deepEqual(await snapshot(scratch.root), before);
  assert.deepEqual(outcomes(await scratch.update(longer, { rotate: ["key"] })), { key: "rendered: rotated" });
  assert.equal((await valueOf(scratch, "key")).length, 40);
});

test("a value that was deleted comes back with the same content", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const before = await valueOf(scratch, "htpasswd");
  await rm(join(scratch.root, ".croft/secrets/values/htpasswd.age"));
  const report = await scratch.update(twoUsers);
  assert.equal(outcomes(report)["htpasswd"], "rendered: its value was missing");
  assert.equal(await valueOf(scratch, "htpasswd"), before);
});

test("a dry run says what it would do, and writes nothing at all", async (t) => {
  const scratch = await makeScratch(t);
  const specs = { ...twoUsers.specs, "only/mine": random() };
  const report = await scratch.update({ ...twoUsers, specs }, { dryRun: true });
  assert.equal(report.dryRun, true);
  assert.deepEqual(new Set(Object.values(outcomes(report))), new Set(["created"]));
  assert.equal(report.identityMade, join(scratch.root, "home/.config/croft/identity.txt"));
  assert.deepEqual(await snapshot(scratch.root), {});
});

test("what is no longer referenced is listed, kept, and deleted when asked", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const noBob = {
    specs: { "passwords/alice": random(), htpasswd: htpasswd(["alice"]) },
    mounts: twoUsers.mounts,
  };
  assert.equal(outcomes(await scratch.update(noBob))["passwords/bob"], "unreferenced");
  assert.equal(outcomes(await scratch.update(noBob))["passwords/bob"], "unreferenced");
  assert.equal(
    outcomes(await scratch.update(noBob, { prune: true }))["passwords/bob"],
    "pruned: not referenced",
  );
  assert.equal(outcomes(await scratch.update(noBob))["passwords/bob"], undefined);
});

test("a failing secret neither stops the others nor loses its files", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const before = await valueOf(scratch, "htpasswd");
  const specs = { ...twoUsers.specs, htpasswd: template("{{#each"), "a/new": random() };
  const report = await scratch.update({ specs, mounts: { ...twoUsers.mounts, "a/new": ["barn"] } });
  assert.equal(outcomes(report)["a/new"], "created");
  assert.match(outcomes(report)["htpasswd"] ?? "", /^failed: template of secret `htpasswd` does not parse/);
  assert.equal(secretsErrors(report).length, 1);
  assert.equal(await valueOf(scratch, "htpasswd"), before);
});

test("while something fails, what it might read is neither listed nor pruned", async (t) => {
  const scratch = await makeScratch(t);
  await scratch.update(twoUsers);
  const broken = { ...twoUsers, specs: { ...twoUsers.specs, htpasswd: template("{{#each") } };
  const before = await snapshot(scratch.root);
  const report = await scratch.update(broken, { prune: true });
  assert.deepEqual(Object.keys(outcomes(report)), ["htpasswd"]);
  assert.deepEqual(await snapshot(scratch.root), before);
});

test("updates at the same time leave one set of secrets", async (t) => {
  const scratch = await makeScratch(t);
  const reports = await Promise.all([1, 2, 3].map(() => scratch.update(twoUsers)));
  for (const report of reports) assert.deepEqual(secretsErrors(report), []);
  const before = await snapshot(scratch.root);
  await scratch.update(twoUsers);
  assert.deepEqual(await snapshot(scratch.root), before);
});
