import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import bcrypt from "bcryptjs";
import { ciphertextsFor, decryptForHost } from "./delivery.ts";
import { type Disk, localDisk } from "./disk.ts";
import { readSecretValue } from "./owner-reading.ts";
import { secretsErrors } from "./report.ts";
import { makeScratch, mountsOf, outcomes, random, snapshot, template } from "./scratch.ts";

/** A disk that works until its power is cut: the write of that number fails, and with it everything after. */
function cuttableDisk(): Disk & { cutAfter: number } {
  let writes = 0;
  const power = (): void => {
    if (++writes > disk.cutAfter)
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { syscall: "write" });
  };
  const disk = {
    ...localDisk,
    cutAfter: Infinity,
    async makeFolder(folder: string, mode: number) {
      power();
      await localDisk.makeFolder(folder, mode);
    },
    async create(file: string, content: Uint8Array, mode: number) {
      power();
      await localDisk.create(file, content, mode);
    },
    async replace(from: string, to: string) {
      power();
      await localDisk.replace(from, to);
    },
    async remove(path: string) {
      power();
      await localDisk.remove(path);
    },
  };
  return Object.defineProperty(disk, "cutAfter", {
    get: () => limit,
    set: (cut: number) => {
      limit = cut;
      writes = 0;
    },
  });
}
let limit = Infinity;

const hash = template('{{hashBcrypt (readSecret "password") cost=4}}');
const before = { specs: { password: random(), hash }, mounts: { hash: ["mill"], password: ["mill"] } };
const after = {
  specs: { ...before.specs, more: template('{{readSecret "password"}}!') },
  mounts: { ...before.mounts, more: ["mill"] },
};

test("wherever an update is cut off, what stands is whole, and the next update finishes", async (t) => {
  for (let cut = 0; ; cut++) {
    const disk = cuttableDisk();
    const scratch = await makeScratch(t, disk);
    disk.cutAfter = Infinity;
    await scratch.update(before);
    disk.cutAfter = cut;
    const report = await scratch.update(after, { rotate: ["password"] });
    disk.cutAfter = Infinity;
    if (secretsErrors(report).length === 0) {
      assert.ok(cut > 10, `the update took ${cut} writes`);
      return;
    }
    const mounted = await ciphertextsFor(scratch.stores.embedded, "mill", mountsOf(before.mounts));
    const opened = await decryptForHost(scratch.stores.embedded, "mill", mounted);
    for (const { plaintext } of opened)
      assert.match(Buffer.from(plaintext).toString(), /^([a-zA-Z1-9]{24}|\$2b\$04\$.{53})$/);

    assert.deepEqual(secretsErrors(await scratch.update(after)), []);
    const value = async (name: string): Promise<string> =>
      Buffer.from(await readSecretValue(scratch.stores.embedded, name, scratch.lookup)).toString();
    assert.equal(await bcrypt.compare(await value("password"), await value("hash")), true);
    assert.equal(await value("more"), `${await value("password")}!`);
    assert.deepEqual(
      (await readdir(scratch.stores.embedded.folder)).sort(),
      ["keys", "ledger", "recipients", "stamp.json", "values"],
      "nothing is left over",
    );
  }
});

test("wherever the first update is cut off, the next one finishes with one owner", async (t) => {
  for (let cut = 0; ; cut++) {
    const disk = cuttableDisk();
    const scratch = await makeScratch(t, disk);
    disk.cutAfter = cut;
    const report = await scratch.update({ specs: before.specs });
    disk.cutAfter = Infinity;
    assert.deepEqual(secretsErrors(await scratch.update({ specs: before.specs })), []);
    const settled = await snapshot(scratch.root);
    assert.deepEqual(Object.keys(settled), [
      "home/.config/croft/identity.txt",
      "secrets/ledger/hash.age",
      "secrets/ledger/password.age",
      "secrets/public/hash.json",
      "secrets/public/password.json",
      "secrets/recipients/owners.txt",
      "secrets/values/hash.age",
      "secrets/values/password.age",
    ]);
    await scratch.update({ specs: before.specs });
    assert.deepEqual(await snapshot(scratch.root), settled);
    if (secretsErrors(report).length === 0) return;
  }
});

test("a full disk is an error, and leaves every file as it was", async (t) => {
  const disk = cuttableDisk();
  const scratch = await makeScratch(t, disk);
  disk.cutAfter = Infinity;
  await scratch.update(before);
  const standing = await snapshot(scratch.root);
  const create = disk.create;
  disk.create = () =>
    Promise.reject(Object.assign(new Error("ENOSPC: no space left on device, write"), { syscall: "write" }));
  const report = await scratch.update(before, { rotate: ["password"] });
  disk.create = create;
  assert.deepEqual(
    secretsErrors(report).map((error) => error.message),
    [
      [
        "the store `.croft/secrets` cannot be brought up to date: ENOSPC: no space left on device, write",
        "  hint: what stands in it is whole; put right what is wrong and run it again",
      ].join("\n"),
    ],
  );
  assert.deepEqual(outcomes(report), {});
  assert.deepEqual(await snapshot(scratch.root), standing);
});
