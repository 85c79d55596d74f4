import { CroftError, closest } from "@croft/evaluator";

/** The switches that each task takes on the command line. */
const known = {
  build: ["verbose"],
  plan: ["verbose"],
  deploy: ["dry-run", "verbose"],
  status: ["verbose"],
  stop: ["verbose"],
  secrets: ["dry-run", "prune", "verbose"],
  bundle: ["verbose"],
} as const satisfies Record<string, readonly string[]>;

/** What a task asks for. */
type TaskCommand = keyof typeof known;

/** The command of a task and the switches that are on, such as `dry-run`. */
export interface TaskOptions {
  readonly command: TaskCommand;
  readonly switches: ReadonlySet<string>;
}

/** What Nx hands over for `--flag`, `--flag=true`, `--no-flag` and `--flag=false`. */
const positions = new Map<unknown, boolean>([
  [true, true],
  ["true", true],
  [false, false],
  ["false", false],
]);

/** What a person types to ask for it. */
const typed = (command: TaskCommand): string => `nx ${command === "bundle" ? "build" : command}`;

const kebab = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

const isCommand = (value: unknown): value is TaskCommand =>
  typeof value === "string" && Object.hasOwn(known, value);

/**
 * The options of a task. Throws a CroftError for any that the command does not take. The schema leaves this to us: when
 * Nx finds a batch's options to be against their schema, it ends with a stack trace that does not name the option.
 */
export function readTaskOptions(given: Readonly<Record<string, unknown>>): TaskOptions {
  const { command, ...options } = given;
  if (!isCommand(command))
    throw new CroftError("unknown-command", `\`${String(command)}\` is no command of a task`);
  const switches = new Set<string>();
  for (const [name, value] of Object.entries(options)) {
    const flag = kebab(name);
    if (!known[command].some((each) => each === flag))
      throw unknownOption(command, name === "_" ? String(value) : `--${flag}`);
    const isOn = positions.get(value);
    if (isOn === undefined) {
      throw new CroftError("bad-option", `option \`--${flag}\` of \`${typed(command)}\` takes no value`, {
        hint: `type \`--${flag}\` alone`,
      });
    }
    if (isOn) switches.add(flag);
  }
  return { command, switches };
}

function unknownOption(command: TaskCommand, shown: string): CroftError {
  const near = closest(shown.replace(/^--/u, ""), known[command]);
  const all = known[command].map((each) => `\`--${each}\``).join(" and ");
  return new CroftError("unknown-option", `option \`${shown}\` does not exist for \`${typed(command)}\``, {
    hint: near === undefined ? `there is ${all}` : `did you mean \`--${near}\`?`,
  });
}
