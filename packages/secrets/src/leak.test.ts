import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { scanForSecrets } from "./leak.ts";
import { readSecretValue } from "./owner-reading.ts";
import { showSecretsReport } from "./report.ts";
import { makeScratch, random, template } from "./scratch.ts";

const forms = {
  plain: (text: string) => `x${text}x`,
  base64: (text: string) => Buffer.from(text).toString("base64"),
  hex: (text: string) => Buffer.from(text).toString("hex").toUpperCase(),
  "percent-encoded": (text: string) => `?password=${encodeURIComponent(text)}`,
  JSON: (text: string) => JSON.stringify({ password: text }),
} as const;

for (const [form, encode] of Object.entries(forms)) {
  test(`a plaintext is found as ${form}`, async (t) => {
    const { root } = await makeScratch(t);
    const plaintext = `"a/b" ${randomBytes(9).toString("hex")}`;
    await mkdir(join(root, "below"));
    await writeFile(join(root, "below/file"), `some text ${encode(plaintext)} more`);
    assert.deepEqual(await scanForSecrets({ key: plaintext }, [root]), [
      { secret: "key", file: join(root, "below/file"), form },
    ]);
  });
}

for (const before of ["", "a", "ab", "abc"]) {
  test(`a plaintext is found in base64 behind ${before.length} other bytes`, async (t) => {
    const { root } = await makeScratch(t);
    const plaintext = randomBytes(12);
    const file = join(root, "file");
    await writeFile(
      file,
      Buffer.concat([Buffer.from(before), plaintext, Buffer.from("after")]).toString("base64url"),
    );
    assert.deepEqual(await scanForSecrets({ key: plaintext }, [file]), [
      { secret: "key", file, form: "base64" },
    ]);
  });
}

test("files without it, and paths that are absent, have no leak", async (t) => {
  const { root } = await makeScratch(t);
  await writeFile(join(root, "file"), randomBytes(5000));
  assert.deepEqual(await scanForSecrets({ key: "hunter2hunter2" }, [root, join(root, "absent")]), []);
});

test("a plaintext that is found by chance cannot be looked for", async () => {
  await assert.rejects(scanForSecrets({ key: "12345" }, []), {
    message: "a plaintext is too short to look for",
  });
});

test("no store and no report holds a plaintext", async (t) => {
  const scratch = await makeScratch(t);
  const specs = {
    key: random(),
    odd: random({ special: true }),
    both: template('{{readSecret "key"}}:{{readSecret "odd"}}'),
    mine: random(),
  };
  const reports = [await scratch.update({ specs, mounts: { both: ["mill"] } })];
  reports.push(await scratch.update({ specs, mounts: { both: ["mill"] } }, { rotate: ["key"] }));
  await writeFile(
    join(scratch.root, "report.txt"),
    reports.map((report) => showSecretsReport(report, { color: true })).join(),
  );
  await writeFile(join(scratch.root, "report.json"), JSON.stringify(reports));
  const read = (name: string) => readSecretValue(scratch.stores.embedded, name, scratch.lookup);
  const plaintexts = {
    key: await read("key"),
    odd: await read("odd"),
    mine: await readSecretValue(scratch.stores.committed, "mine", scratch.lookup),
  };
  assert.deepEqual(await scanForSecrets(plaintexts, [scratch.root]), []);
});
