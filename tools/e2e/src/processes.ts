import { readdirSync, readFileSync } from "node:fs";

/** A process, as /proc shows it. */
export interface Process {
  readonly pid: number;
  /** Its command line, words separated by spaces. */
  readonly command: string;
  /** Its environment as it was when it started, lines of `name=value`. */
  readonly environment: string;
}

/** All processes that this user may look at. */
export function processes(): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      try {
        const read = (file: string): string => readFileSync(`/proc/${name}/${file}`, "utf8");
        const command = read("cmdline").replaceAll("\0", " ").trimEnd();
        return [{ pid: Number(name), command, environment: read("environ").replaceAll("\0", "\n") }];
      } catch {
        return []; // It has ended in the meantime.
      }
    });
}

/** The processes whose command line names something in a folder. */
export const processesOf = (folder: string): readonly Process[] =>
  processes().filter(({ command }) => command.includes(`${folder}/`));
