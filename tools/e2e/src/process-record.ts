import { type Process, processes } from "./processes.ts";

/** What processes showed of themselves while a record was made. */
interface ProcessRecord {
  /** Ends the record and gives the command lines and environments of all that were seen. */
  end(): readonly Process[];
}

/** Looks at every process again and again, as anybody on the machine could. */
export function recordProcesses(): ProcessRecord {
  const seen = new Map<string, Process>();
  const look = (): void => {
    for (const process of processes()) seen.set(`${process.pid} ${process.command}`, process);
  };
  const timer = setInterval(look, 50);
  look();
  return {
    end: () => {
      clearInterval(timer);
      look();
      return [...seen.values()];
    },
  };
}
