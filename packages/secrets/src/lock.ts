import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { locked } from "./problem.ts";
import type { Store } from "./store.ts";
import { shownPath } from "./store-files.ts";

/** How long to wait for another process. */
interface LockOptions {
  readonly patienceSeconds?: number;
}

const running = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while no other call, of this process or another, works on the store. The lock of a process that is
 * gone is taken over.
 *
 * @throws CroftError `store-locked` when another process holds it for longer than half a minute
 */
export async function whileLocked<T>(
  store: Store,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const before = running.get(store.folder) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => whileLockedByProcess(store, work, options));
  running.set(store.folder, mine);
  try {
    return await mine;
  } finally {
    if (running.get(store.folder) === mine) running.delete(store.folder);
  }
}

async function whileLockedByProcess<T>(
  store: Store,
  work: () => Promise<T>,
  { patienceSeconds = 30 }: LockOptions,
): Promise<T> {
  const file = join(store.folder, ".lock");
  await mkdir(store.folder, { recursive: true, mode: store.kind === "embedded" ? 0o700 : 0o755 });
  const deadline = performance.now() + patienceSeconds * 1000;
  while (!(await take(file))) {
    const holder = await holderOf(file);
    if (holder === "gone") await rm(file, { force: true });
    else if (performance.now() > deadline) throw locked(shownPath(store, ".lock"), holder);
    else await setTimeout(20);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Makes the lock with its holder in it, in one step: a kill in between leaves no lock that nobody holds. */
async function take(file: string): Promise<boolean> {
  const own = `${file}.${process.pid}`;
  await writeFile(own, String(process.pid), { mode: 0o600 });
  try {
    await link(own, file);
    return true;
  } catch (problem) {
    if (problem instanceof Error && "code" in problem && problem.code === "EEXIST") return false;
    throw problem;
  } finally {
    await rm(own, { force: true });
  }
}

/** Who holds the lock; within a process calls wait for one another, so that its own lock is a leftover. */
async function holderOf(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  const pid = Number(text);
  if (text === "" || !Number.isSafeInteger(pid)) return "of which the file says nothing";
  if (pid === process.pid) return "gone";
  try {
    process.kill(pid, 0);
  } catch (problem) {
    if (problem instanceof Error && "code" in problem && problem.code === "ESRCH") return "gone";
  }
  return String(pid);
}
