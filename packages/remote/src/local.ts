import { run } from "@croft/process";
import type { Connection } from "./connection.ts";

/** Runs commands on this machine, with an environment of their own beside the usual one. */
export function localConnection(env: Readonly<Record<string, string>> = {}): Connection {
  return {
    target: "this machine",
    run: (words, { fresh: _, ...options } = {}) => run(words, { ...options, env }),
  };
}
