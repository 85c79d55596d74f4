import type { LinuxValues } from "./units.ts";

/** The tmpfiles.d(5) text that makes the directories of a host; empty when there are none. */
export function tmpfiles({ directories }: Pick<LinuxValues, "directories">): string {
  return Object.entries(directories)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { owner, group, mode }]) => `d ${escaped(path)} ${mode} ${owner} ${group} -\n`)
    .join("");
}

const escaped = (path: string): string =>
  path.replaceAll("\\", "\\\\").replaceAll(" ", "\\x20").replaceAll("%", "%%");
