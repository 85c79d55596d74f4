import { readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since boot; `0` where the system does not tell. */
  readonly started: string;
}

/** The identity of a living process. */
export const identityOf = (pid: number): ProcessIdentity => ({ pid, started: startTime(pid) ?? "0" });

/** Whether exactly this process lives still; one that only waits to be reaped does not. */
export const lives = ({ pid, started }: ProcessIdentity): boolean => startTime(pid) === started;

/** Field 22 of /proc/<pid>/stat; the name before it may hold spaces and brackets. */
function startTime(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
