import { styleText } from "node:util";
import { createInterface } from "node:readline/promises";

/** What a command needs of the terminal that it runs in. */
export interface Terminal {
  /** Where the workspace is looked for. */
  readonly folder: string;
  /** Whether colours are wanted on standard output. */
  readonly color: boolean;
  readonly width: number;
  /** Prints a result. */
  readonly print: (text: string) => void;
  /** Prints what went wrong, or what is going on. */
  readonly error: (text: string) => void;
  /** Asks a person; left out where nobody sits at the terminal. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** Sets the exit code of the command. */
  readonly exit: (code: number) => void;
  readonly exitCode: () => number;
}

/** The terminal of this process. */
export function terminal(): Terminal {
  let code = 0;
  const { stdin, stdout, stderr } = process;
  const hasPerson = stdin.isTTY && stderr.isTTY;
  return {
    folder: process.cwd(),
    // styleText itself knows NO_COLOR, FORCE_COLOR and what a terminal can show.
    color: styleText("red", "x", { stream: stdout }) !== "x",
    width: stdout.columns ?? 100,
    print: (text) => stdout.write(text.endsWith("\n") || text === "" ? text : `${text}\n`),
    error: (text) => stderr.write(`${text}\n`),
    ...(hasPerson ? { ask } : {}),
    exit: (next) => {
      code = next;
    },
    exitCode: () => code,
  };
}

async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
