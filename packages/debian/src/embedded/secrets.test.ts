import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { type SecretFile, sha256 } from "@croft/plan";
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { until, wanted } from "../testing.ts";
import { stepsOf, testingHost } from "./testing.ts";

/** A key for the host barn of a clone, and what encrypts to it. */
async function hostKey(
  clone: string,
): Promise<(mount: string, text: string, more?: Partial<SecretFile>) => Promise<SecretFile>> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  await mkdir(join(clone, ".croft/secrets/keys/hosts"), { recursive: true });
  await writeFile(join(clone, ".croft/secrets/keys/hosts/barn.txt"), `${identity}\n`, { mode: 0o600 });
  return async (mount, text, more = {}) => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const ciphertext = await encrypter.encrypt(text);
    return {
      mount,
      owner: "root",
      group: "root",
      mode: "0400",
      restart: [],
      revision: sha256(ciphertext),
      ciphertext,
      ...more,
    };
  };
}

/** Assembled at run time, so that finding it whole on a disk means a leak. */
const plaintext = ["corn", "flower", "blue"].join("-");

const reader = {
  name: "reader",
  program: `import { readFileSync, appendFileSync } from "node:fs";
appendFileSync(process.env.STATE_DIRECTORY + "/starts", readFileSync(process.env.CREDENTIALS_DIRECTORY + "/key", "utf8").length + "\\n");
setInterval(() => {}, 1000);\n`,
  directives: ["StateDirectory=reader", "LoadCredential=key:/run/croft/secrets/a/key"],
  mounts: ["a/key"],
};

test("a secret lies in memory alone, and its reader restarts only when its content changes", async (t) => {
  const { clone, root, run, deploy } = await testingHost(t);
  const seal = await hostKey(clone);
  const starts = (): string => readFileSync(join(root, "var/lib/reader/starts"), "utf8");
  const first = await seal("a/key", plaintext);
  assert.deepEqual(stepsOf(await deploy(wanted({}, [reader], { secrets: [first] }))), [
    "open a/key: is new",
    "create /etc/systemd/system/reader.service: is not there yet",
    "start reader.service: is new",
  ]);
  await until("the reader has started", () => existsSync(join(root, "var/lib/reader/starts")));
  assert.equal(readFileSync(join(run, "secrets/a/key"), "utf8"), plaintext);
  assert.equal(statSync(join(run, "secrets/a/key")).mode & 0o777, 0o400);
  assert.equal(await isOnDisk(root), false);

  await t.test("nothing is done when nothing changed", async () => {
    assert.deepEqual(stepsOf(await deploy(wanted({}, [reader], { secrets: [first] }))), []);
  });
  await t.test("encrypted anew with the same content, nothing restarts", async () => {
    const anew = await deploy(wanted({}, [reader], { secrets: [await seal("a/key", plaintext)] }));
    assert.deepEqual(stepsOf(anew), [
      "open a/key: was encrypted anew",
      "restart reader.service: if secret `a/key` has a new content",
    ]);
    assert.equal(starts(), `${plaintext.length}\n`);
  });
  await t.test("with another content, the reader restarts", async () => {
    await deploy(wanted({}, [reader], { secrets: [await seal("a/key", `${plaintext}!`)] }));
    await until("it has restarted", () => starts() === `${plaintext.length}\n${plaintext.length + 1}\n`);
  });
  await t.test("a secret that is no longer mounted is gone", async () => {
    await deploy(wanted({}));
    assert.equal(existsSync(join(run, "secrets/a/key")), false);
  });
});

test("a secret that the host cannot open stops the deploy before anything is touched", async (t) => {
  const { clone, root, run, deploy } = await testingHost(t);
  const seal = await hostKey(clone);
  const good = wanted({ "/etc/motd": "one" }, [], { secrets: [await seal("a", plaintext)] });
  await deploy(good);
  const foreign = await (await hostKey(join(clone, "other")))("a", plaintext);
  const { activation } = await deploy(wanted({ "/etc/motd": "two" }, [], { secrets: [foreign] }));
  assert.equal(activation?.result, "failed");
  assert.match(activation.message, /secret `a`/);
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "one");
  assert.equal(readFileSync(join(run, "secrets/a"), "utf8"), plaintext);
  assert.deepEqual(stepsOf(await deploy(good)), []);
});

test("a failed deploy leaves the old secrets in place", async (t) => {
  const { clone, run, deploy } = await testingHost(t);
  const seal = await hostKey(clone);
  await deploy(wanted({}, [], { secrets: [await seal("a", plaintext)] }));
  const bad = { name: "bad", program: "process.exit(1);\n" };
  const { activation } = await deploy(wanted({}, [bad], { secrets: [await seal("a", `${plaintext}!`)] }));
  assert.equal(activation?.result, "rolled-back");
  assert.equal(readFileSync(join(run, "secrets/a"), "utf8"), plaintext);
});

test("secrets that went with the memory are opened again", async (t) => {
  const { clone, run, deploy, stop } = await testingHost(t);
  const seal = await hostKey(clone);
  const all = wanted({}, [], { secrets: [await seal("a", plaintext)] });
  await deploy(all);
  await stop();
  await rm(run, { recursive: true, force: true });
  assert.deepEqual(stepsOf(await deploy(all)), ["open a: is not in memory"]);
  assert.equal(readFileSync(join(run, "secrets/a"), "utf8"), plaintext);
});

/** Whether the plaintext stands in any file below a folder. */
async function isOnDisk(folder: string): Promise<boolean> {
  const { readdir } = await import("node:fs/promises");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))),
  );
  return texts.some((text) => text.includes(plaintext));
}
