import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "@croft/process";
import { whileLocked } from "./lock.ts";
import { makeScratch } from "./scratch.ts";

test("work on one store happens one after the other", async (t) => {
  const { committed } = (await makeScratch(t)).stores;
  const events: string[] = [];
  const work = (name: string) =>
    whileLocked(committed, async () => {
      events.push(`${name} begins`);
      await Promise.resolve();
      events.push(`${name} ends`);
    });
  await Promise.all([work("a"), work("b")]);
  assert.deepEqual(events, ["a begins", "a ends", "b begins", "b ends"]);
  assert.deepEqual(await readdir(committed.folder), []);
});

test("work that fails gives the store back", async (t) => {
  const { committed } = (await makeScratch(t)).stores;
  await assert.rejects(
    whileLocked(committed, () => Promise.reject(new Error("no"))),
    { message: "no" },
  );
  assert.equal(await whileLocked(committed, () => Promise.resolve("done")), "done");
});

test("the lock of a process that is gone is taken over", async (t) => {
  const { committed } = (await makeScratch(t)).stores;
  await whileLocked(committed, () => Promise.resolve());
  const gone = await run([process.execPath, "-e", "process.stdout.write(`${process.pid}`)"]);
  await writeFile(join(committed.folder, ".lock"), gone.stdout.trim());
  assert.equal(await whileLocked(committed, () => Promise.resolve("done")), "done");
});

test("the lock of a running process is an error when it is not given back", async (t) => {
  const { committed } = (await makeScratch(t)).stores;
  await whileLocked(committed, () => Promise.resolve());
  await writeFile(join(committed.folder, ".lock"), "1");
  await assert.rejects(
    whileLocked(committed, () => Promise.resolve(), { patienceSeconds: 0 }),
    {
      message: [
        "another process (1) is updating the store",
        "  at secrets/.lock",
        "  hint: wait for it; if no such process of Croft is running, delete the file",
      ].join("\n"),
    },
  );
});
