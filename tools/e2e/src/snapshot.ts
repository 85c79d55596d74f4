import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";
import type { Clone } from "./clone.ts";
import { processesOf } from "./processes.ts";

/** Everything that a deploy of a clone could change, one line each: builds, hosts, secrets, running processes. */
export function snapshotOf({ folder }: Clone): readonly string[] {
  const files = ["dist/hosts", ".croft/hosts", ".croft/secrets", "secrets"].flatMap((part) =>
    linesOf(folder, part),
  );
  const running = processesOf(folder).map(({ pid, command }) => `process ${pid} ${command}`);
  return [...files, ...running].sort();
}

/** What is not as it was, one line each: `-` before what has gone, `+` before what came. */
export function differencesSince(was: readonly string[], clone: Clone): readonly string[] {
  const is = snapshotOf(clone);
  const [before, after] = [new Set(was), new Set(is)];
  return [
    ...was.filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...is.filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
}

/** A program's own data and logs change by themselves. */
const isOwn = (path: string): boolean => /\/var\/(?:log|lib\/(?!croft\b))|supervisor\.log$/u.test(path);

function linesOf(folder: string, part: string): readonly string[] {
  return entriesBelow(join(folder, part))
    .map((path) => ({ path, shown: relative(folder, path) }))
    .filter(({ shown }) => !isOwn(shown))
    .flatMap(({ path, shown }) => {
      const found = lstatSync(path);
      if (found.isSymbolicLink()) return [`${shown} -> ${readlinkSync(path)}`];
      if (!found.isFile()) return [];
      return [
        `${shown} ${found.mode.toString(8)} ${createHash("sha256").update(readFileSync(path)).digest("hex")}`,
      ];
    });
}

function entriesBelow(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return []; // Not there yet.
  }
}
