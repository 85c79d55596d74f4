import type { LinuxValues } from "./units.ts";

/** The tmpfiles.d(5) text that makes the directories of a host; empty when there are none. */
export function tmpfiles({ directories }: Pick<LinuxValues, "directories">): string {
  return Object.entries(directories)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { owner, group, mode }]) => `d ${quoted(path)} ${mode} ${owner} ${group} -\n`)
    .join("");
}

/** In quotes: outside of them systemd-tmpfiles 252 takes `\x20` for the letters `x20`. */
const quoted = (path: string): string =>
  `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%")}"`;
