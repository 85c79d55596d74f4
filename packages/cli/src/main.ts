import { CommanderError } from "commander";
import { describeFailure } from "@croft/fleet";
import { croft } from "./croft.ts";
import { type Terminal, terminal } from "./terminal.ts";

/** Runs one command line, without `node` and the program; gives the exit code. */
export async function main(args: readonly string[], on: Terminal = terminal()): Promise<number> {
  const program = croft(on);
  try {
    await program.parseAsync([...args], { from: "user" });
    return on.exitCode();
  } catch (error) {
    // Help and usage errors are printed by commander itself.
    if (error instanceof CommanderError) return error.exitCode;
    on.error(describeFailure(error).message);
    return 1;
  }
}
