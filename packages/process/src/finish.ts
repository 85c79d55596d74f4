import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Signals that end a process, with what a shell then has for its exit code. */
const signals = [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/**
 * Does work that has to be finished. A process that ends before, because a module that it loaded calls
 * `process.exit(0)`, because nothing is left to wait for or because it is interrupted, says so on standard error, and
 * does not end with 0.
 */
export async function finish<T>(what: string, work: () => Promise<T>): Promise<T> {
  const complain = (): void => {
    const place = exitPlace();
    const lines =
      place === undefined
        ? []
        : [`  at ${place}`, "  hint: throw an error there instead of calling `process.exit`"];
    process.stderr.write([`${what} ended before its work was done`, ...lines, ""].join("\n"));
    process.exitCode = Number(process.exitCode ?? 0) || 1;
  };
  const interrupts = signals.map(([signal, code]) => [signal, (): void => process.exit(code)] as const);
  process.once("exit", complain);
  for (const [signal, interrupt] of interrupts) process.once(signal, interrupt);
  try {
    return await work();
  } finally {
    process.off("exit", complain);
    for (const [signal, interrupt] of interrupts) process.off(signal, interrupt);
  }
}

/** Who called `process.exit`, if somebody did: the nearest file of the stack that is not this one. */
function exitPlace(): string | undefined {
  const frames = [...(new Error("exit").stack ?? "").matchAll(/(file:\S+?):(\d+):(\d+)\)?$/gm)];
  const [, url, line, column] = frames.find(([, file]) => file !== import.meta.url) ?? [];
  return url === undefined ? undefined : `${relative(process.cwd(), fileURLToPath(url))}:${line}:${column}`;
}
