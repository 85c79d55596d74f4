import { CroftError } from "@croft/evaluator";
import { run, type RunOptions } from "@croft/process";

/** Runs a program that has no good reason to fail, and returns its output; a non-zero exit is an error that shows why. */
export async function must(
  command: readonly [string, ...string[]],
  options: RunOptions = {},
): Promise<string> {
  const { code, signal, stdout, stderr } = await run(command, options);
  if (code === 0) return stdout;
  const tail = (stderr.trim() || stdout.trim()).split("\n").slice(-8);
  throw new CroftError(
    "lab-command",
    `\`${command.join(" ")}\` failed with ${signal ?? `exit status ${code}`}`,
    {
      at: tail.filter((line) => line !== ""),
    },
  );
}
