import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { run } from "@croft/process";
import { decrypt, encrypt, isAddressedTo, makeIdentity, recipientOf } from "./age.ts";
import { parsePrivateKey, parsePublicKey } from "./openssh-key.ts";

const missing = await run(["age", "--version"]).then(
  () => false,
  () => "the age program is not installed",
);

/** What both sides must agree on, with the program that opens secrets on real hosts. */
describe("the age program", { skip: missing }, () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "croft-age-"));
    await succeed("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "root@barn", "-f", at("host"));
    await succeed("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "root@mill", "-f", at("other"));
    await writeFile(at("native"), `${await makeIdentity()}\n`, { mode: 0o600 });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const succeed = async (program: string, ...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await run([program, ...args]);
    assert.equal(code, 0, stderr);
  };

  for (const length of [1, 65_536, 65_537]) {
    test(`opens ${length} bytes that were encrypted to an OpenSSH key`, async () => {
      const plaintext = new Uint8Array(length).fill(7);
      await writeFile(at("ours.age"), await encrypt(plaintext, [await readFile(at("host.pub"), "utf8")]));
      await succeed("age", "-d", "-i", at("host"), "-o", at("ours"), at("ours.age"));
      assert.deepEqual(new Uint8Array(await readFile(at("ours"))), plaintext);
    });
  }

  test("opens nothing at all that was encrypted to an OpenSSH key", async () => {
    await writeFile(
      at("empty.age"),
      await encrypt(new Uint8Array(0), [await readFile(at("host.pub"), "utf8")]),
    );
    const { code, stdout } = await run(["age", "-d", "-i", at("host"), at("empty.age")]);
    assert.deepEqual({ code, stdout }, { code: 0, stdout: "" });
  });

  test("writes files that an OpenSSH key of ours opens", async () => {
    await writeFile(at("plain"), "from age");
    await succeed("age", "-R", at("host.pub"), "-R", at("other.pub"), "-o", at("theirs.age"), at("plain"));
    const file = await readFile(at("theirs.age"));
    for (const key of ["host", "other"]) {
      const opened = await decrypt(file, [await readFile(at(key), "utf8")]);
      assert.deepEqual(opened, new Uint8Array(Buffer.from("from age")));
    }
  });

  test("and Croft agree about native keys, both ways", async () => {
    const identity = (await readFile(at("native"), "utf8")).trim();
    const recipient = await recipientOf(identity, "test");
    await writeFile(at("native.age"), await encrypt(Buffer.from("to age"), [recipient]));
    const opened = await run(["age", "-d", "-i", at("native"), at("native.age")]);
    assert.equal(opened.stdout, "to age");
    await writeFile(at("plain"), "from age");
    await succeed("age", "-r", recipient, "-o", at("theirs.age"), at("plain"));
    assert.deepEqual(
      await decrypt(await readFile(at("theirs.age")), [identity]),
      new Uint8Array(Buffer.from("from age")),
    );
  });

  test("opens one file with any of its keys, native or OpenSSH", async () => {
    const native = await recipientOf((await readFile(at("native"), "utf8")).trim(), "test");
    await writeFile(
      at("both.age"),
      await encrypt(Buffer.from("both"), [native, await readFile(at("host.pub"), "utf8")]),
    );
    for (const key of ["native", "host"]) {
      assert.equal((await run(["age", "-d", "-i", at(key), at("both.age")])).stdout, "both");
    }
    assert.notEqual((await run(["age", "-d", "-i", at("other"), at("both.age")])).code, 0);
  });

  test("names OpenSSH keys in the header as Croft does", async () => {
    await writeFile(at("plain"), "x");
    await succeed("age", "-R", at("host.pub"), "-o", at("theirs.age"), at("plain"));
    const file = await readFile(at("theirs.age"));
    assert.equal(isAddressedTo(file, await readFile(at("host.pub"), "utf8")), true);
    assert.equal(isAddressedTo(file, await readFile(at("other.pub"), "utf8")), false);
  });

  test("derives the recipient of an identity as Croft does", async () => {
    const derived = await run(["age-keygen", "-y", at("native")]);
    assert.equal(
      derived.stdout.trim(),
      await recipientOf((await readFile(at("native"), "utf8")).trim(), "test"),
    );
  });

  test("a private key of ssh-keygen is read with its public half", async () => {
    const pair = parsePrivateKey(await readFile(at("host"), "utf8"));
    assert.deepEqual(pair?.publicKey, parsePublicKey(await readFile(at("host.pub"), "utf8")));
  });

  test("a private key with a passphrase is not read", async () => {
    await succeed("ssh-keygen", "-q", "-t", "ed25519", "-N", "pass phrase", "-f", at("locked"));
    assert.equal(parsePrivateKey(await readFile(at("locked"), "utf8")), undefined);
  });
});
