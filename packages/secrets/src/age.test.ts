import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decrypt, encrypt, isAddressedTo, makeIdentity, parseRecipient, recipientOf } from "./age.ts";

const text = (bytes: Uint8Array | undefined): string =>
  Buffer.from(bytes ?? assert.fail("not for us")).toString();

test("decrypting inverts encrypting, for every reader", async () => {
  const identities = await Promise.all([makeIdentity(), makeIdentity()]);
  const recipients = await Promise.all(identities.map((identity) => recipientOf(identity, "test")));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (plaintext) => {
      const file = await encrypt(plaintext, recipients);
      for (const identity of identities) assert.deepEqual(await decrypt(file, [identity]), plaintext);
    }),
    { numRuns: 10 },
  );
});

test("a file for others is not decrypted, and that is no error", async () => {
  const [mine, theirs] = await Promise.all([makeIdentity(), makeIdentity()]);
  const file = await encrypt(Buffer.from("x"), [await recipientOf(theirs, "test")]);
  assert.equal(await decrypt(file, [mine]), undefined);
});

test("one fitting identity among several is enough", async () => {
  const [mine, other] = await Promise.all([makeIdentity(), makeIdentity()]);
  const file = await encrypt(Buffer.from("hello"), [await recipientOf(mine, "test")]);
  assert.equal(text(await decrypt(file, [other, mine])), "hello");
});

test("a damaged file is an error", async () => {
  const identity = await makeIdentity();
  const file = await encrypt(Buffer.from("hello"), [await recipientOf(identity, "test")]);
  file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
  await assert.rejects(decrypt(file, [identity]));
  await assert.rejects(decrypt(file.subarray(0, 100), [identity]));
});

test("an X25519 file does not tell whom it is for", async () => {
  const recipient = await recipientOf(await makeIdentity(), "test");
  assert.equal(isAddressedTo(await encrypt(Buffer.from("x"), [recipient]), recipient), undefined);
});

const refused = {
  "an RSA key": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7",
  "a mistyped key": "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwx",
  "a private key": "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ",
  "a cut SSH key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA",
  nothing: "",
};

for (const [what, recipient] of Object.entries(refused)) {
  test(`${what} is no recipient`, async () => {
    await assert.rejects(parseRecipient(recipient, "secrets/recipients/hosts/barn.txt"), {
      message: [
        "this is no public key that secrets can be encrypted to",
        "  at secrets/recipients/hosts/barn.txt",
        "  hint: it is `age1…` from `age-keygen`, or `ssh-ed25519 …`",
      ].join("\n"),
    });
  });
}
