import { exitCaller } from "./exit-caller.ts";

/** Signals that end a process, with what a shell then has for its exit code. */
const signals = [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/**
 * Does work that has to be finished. A process that ends before, because a module that it loaded calls
 * `process.exit(0)`, because nothing is left to wait for or because it is interrupted, says so on standard error, and
 * does not end with 0. `folder` is what places are shown relative to.
 */
export async function finish<T>(what: string, folder: string, work: () => Promise<T>): Promise<T> {
  let isInterrupted = false;
  const complain = (): void => {
    const place = isInterrupted ? undefined : exitCaller(folder);
    const lines =
      place === undefined
        ? []
        : [`  at ${place}`, "  hint: throw an error there instead of calling `process.exit`"];
    process.stderr.write([`${what} ended before its work was done`, ...lines, ""].join("\n"));
    process.exitCode = Number(process.exitCode ?? 0) || 1;
  };
  const interrupts = signals.map(([signal, code]) => {
    const interrupt = (): void => {
      isInterrupted = true;
      process.exit(code);
    };
    return [signal, interrupt] as const;
  });
  process.once("exit", complain);
  for (const [signal, interrupt] of interrupts) process.once(signal, interrupt);
  try {
    return await work();
  } finally {
    process.off("exit", complain);
    for (const [signal, interrupt] of interrupts) process.off(signal, interrupt);
  }
}
