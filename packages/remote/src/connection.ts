import type { RunOptions, RunResult } from "@croft/process";

/** How a command runs on a machine. */
export interface CommandOptions extends Pick<RunOptions, "input"> {
  /** Over a connection made for this command alone, even where the user's configuration shares one. */
  readonly fresh?: boolean;
}

/** A way to run commands on one machine. Each call is one connection, unless the user's ssh configuration shares it. */
export interface Connection {
  /** The machine, as people write it. */
  readonly target: string;
  /** Runs words, without a shell's reading of them. A machine that cannot be reached is a `CroftError`. */
  run(words: readonly [string, ...string[]], options?: CommandOptions): Promise<RunResult>;
}
