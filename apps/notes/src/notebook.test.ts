import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { versionOf } from "./note.ts";
import { Notebook } from "./notebook.ts";

async function open(t: TestContext): Promise<{ readonly folder: string; readonly notebook: Notebook }> {
  const folder = await mkdtemp(join(tmpdir(), "notebook-"));
  t.after(() => rm(folder, { recursive: true }));
  return { folder, notebook: await Notebook.open(folder) };
}

test("a note is a file that only the service may read", async (t) => {
  const { folder, notebook } = await open(t);
  const note = await notebook.create("# Äpfel & Birnen\nsix of each\n");
  assert.equal(note.id, "apfel-birnen");
  assert.equal(await readFile(join(folder, "apfel-birnen.md"), "utf8"), "# Äpfel & Birnen\nsix of each\n");
  assert.equal((await stat(join(folder, "apfel-birnen.md"))).mode & 0o777, 0o600);
});

test("notes of one title get ids of their own, also when they come at once", async (t) => {
  const { notebook } = await open(t);
  const notes = await Promise.all(["# List", "# List", "List", "???"].map((text) => notebook.create(text)));
  assert.deepEqual(
    notes.map((note) => note.id),
    ["list", "list-2", "list-3", "note"],
  );
});

test("a save replaces only the version it expects", async (t) => {
  const { notebook } = await open(t);
  const { note } = await notebook.save("a", "one", "none");
  const version = versionOf(note?.text ?? "");
  assert.equal((await notebook.save("a", "two", { version })).outcome, "saved");
  assert.equal((await notebook.save("a", "three", { version })).outcome, "conflict");
  assert.equal((await notebook.save("a", "three", "none")).outcome, "conflict");
  assert.equal((await notebook.read("a"))?.text, "two");
  assert.equal((await notebook.save("a", "three", "any")).outcome, "saved");
});

test("of two saves over one version at once, one wins", async (t) => {
  const { notebook } = await open(t);
  await notebook.save("a", "one", "any");
  const version = versionOf("one");
  const saves = await Promise.all(["two", "three"].map((text) => notebook.save("a", text, { version })));
  assert.deepEqual(
    saves.map((saved) => saved.outcome),
    ["saved", "conflict"],
  );
});

test("readers see the old text or the new one while a note is saved", async (t) => {
  const { notebook } = await open(t);
  const texts = ["a".repeat(200_000), "b".repeat(200_000)];
  await notebook.save("a", "a".repeat(200_000), "any");
  const saves = Promise.all(
    texts.flatMap((text) => [notebook.save("a", text, "any"), notebook.save("a", text, "any")]),
  );
  for (let n = 0; n < 20; n += 1) assert.ok(texts.includes((await notebook.read("a"))?.text ?? ""));
  await saves;
});

test("what a crash left half written is cleared away, and never listed", async (t) => {
  const { folder, notebook } = await open(t);
  await notebook.create("whole");
  await writeFile(join(folder, ".0123456789abcdef.unfinished"), "half");
  assert.equal((await notebook.list()).length, 1);
  await Notebook.open(folder);
  assert.deepEqual(await readdir(folder), ["whole.md"]);
});

test("the list has the newest first and holds every word that was searched for", async (t) => {
  const { folder, notebook } = await open(t);
  for (const [index, text] of ["# Bread\nflour, water", "# Soup\nwater, Leeks", "# Cake\nflour"].entries()) {
    const { id } = await notebook.create(text);
    await utimes(join(folder, `${id}.md`), index, index);
  }
  const ids = async (query: string) => (await notebook.list(query)).map((note) => note.id);
  assert.deepEqual(await ids(""), ["cake", "soup", "bread"]);
  assert.deepEqual(await ids("WATER"), ["soup", "bread"]);
  assert.deepEqual(await ids("water leeks"), ["soup"]);
  assert.deepEqual(await ids(".*"), []);
});

test("files that are no notes are left alone", async (t) => {
  const { folder, notebook } = await open(t);
  await writeFile(join(folder, "README.txt"), "x");
  await writeFile(join(folder, "UPPER.md"), "x");
  assert.deepEqual(await notebook.list(), []);
});

test("text that is no id leads nowhere", async (t) => {
  const { folder, notebook } = await open(t);
  await writeFile(join(folder, "../outside.md"), "outside");
  t.after(() => rm(join(folder, "../outside.md"), { force: true }));
  for (const id of ["../outside", "..", "", "a/b", "a\\b", "a\0", "-a", "A", "a.b", "a".repeat(65)]) {
    assert.equal(await notebook.read(id), undefined, id);
    assert.throws(() => notebook.save(id, "x", "any"), RangeError, id);
    assert.equal(await notebook.remove(id), false, id);
  }
});
