import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { defineArtifact, manifestOf, readArtifact, writeArtifact } from "./index.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const barn = (page = "hay") =>
  defineArtifact("barn", "debian", [
    { path: "files/etc/motd", content: bytes(page) },
    { path: "device.json", content: bytes("{}") },
  ]);

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "croft-plan-"));
  t.after(() => rm(made, { recursive: true, force: true }));
  return join(made, "barn");
}

test("a manifest lists the files by path, with size, mode and hash", () => {
  assert.deepEqual(manifestOf(barn()).files, [
    {
      path: "device.json",
      size: 2,
      mode: "0644",
      sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    },
    {
      path: "files/etc/motd",
      size: 3,
      mode: "0644",
      sha256: "4e30ea25cda1c18cfc423e4d9dfa57b7051a9ef311e09ed43f8e33523f3d9533",
    },
  ]);
});

test("the hash over all changes with any byte", () => assert.notEqual(barn("hay").hash, barn("straw").hash));

test("an artifact is read as it was written", async (t) => {
  const path = await folder(t);
  await writeArtifact(barn(), path);
  assert.equal((await readArtifact(path)).hash, barn().hash);
});

test("writing again leaves the new artifact and nothing beside it", async (t) => {
  const path = await folder(t);
  await writeArtifact(barn("hay"), path);
  await writeArtifact(barn("straw"), path);
  assert.equal(await readFile(join(path, "files/etc/motd"), "utf8"), "straw");
  assert.deepEqual(await readdir(dirname(path)), ["barn"]);
});

test("a changed file is noticed", async (t) => {
  const path = await folder(t);
  await writeArtifact(barn(), path);
  await writeFile(join(path, "files/etc/motd"), "hax");
  await assert.rejects(readArtifact(path), {
    message: `\`${path}/files/etc/motd\` does not match the manifest`,
  });
});

test("a missing file is noticed", async (t) => {
  const path = await folder(t);
  await writeArtifact(barn(), path);
  await rm(join(path, "device.json"));
  await assert.rejects(readArtifact(path), {
    message: `\`${path}/device.json\` is in the manifest and cannot be read`,
  });
});

test("a file that nobody listed is noticed", async (t) => {
  const path = await folder(t);
  await writeArtifact(barn(), path);
  await writeFile(join(path, "files/extra"), "");
  await assert.rejects(readArtifact(path), { message: `\`${path}/files/extra\` is not in the manifest` });
});

test("a changed manifest does not match its own hash", async (t) => {
  const path = await folder(t);
  await writeArtifact(barn(), path);
  const manifest = join(path, "manifest.json");
  await writeFile(manifest, (await readFile(manifest, "utf8")).replace("files/etc/motd", "files/etc/mold"));
  await assert.rejects(readArtifact(path), { message: "`manifest.json` does not match its own hash" });
});

test("a folder without a manifest is no artifact", async (t) => {
  const path = await folder(t);
  await assert.rejects(readArtifact(path), { message: `\`${path}\` holds no artifact` });
});

for (const path of ["../etc/passwd", "/etc/motd", "a//b", "a\nb", ".croft/orders", "manifest.json"]) {
  test(`path ${JSON.stringify(path)} is refused`, () => {
    assert.throws(() => defineArtifact("barn", "debian", [{ path, content: bytes("") }]));
  });
}
