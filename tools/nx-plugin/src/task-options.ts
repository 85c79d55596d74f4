import { CroftError, closest } from "@croft/evaluator";
import type { FleetCommand } from "./targets.ts";

/** What a person may add to a host's task on the command line. */
export interface TaskOptions {
  readonly command: FleetCommand;
  readonly dryRun: boolean;
  readonly verbose: boolean;
}

const flags: Readonly<Record<FleetCommand, readonly string[]>> = {
  build: ["verbose"],
  plan: ["verbose"],
  deploy: ["dry-run", "verbose"],
  status: ["verbose"],
  stop: ["verbose"],
};

const kebab = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

/** What Nx hands over for `--flag`, `--flag=true`, `--no-flag` and `--flag=false`. */
const switches = new Map<unknown, boolean>([
  [true, true],
  ["true", true],
  [false, false],
  ["false", false],
]);

const isCommand = (value: unknown): value is FleetCommand =>
  typeof value === "string" && Object.hasOwn(flags, value);

/**
 * The options of a task. Throws a CroftError for any that the command does not take. The schema leaves this to us: when
 * Nx finds a batch's options to be against their schema, it ends with a stack trace that does not name the option.
 */
export function readTaskOptions(given: Readonly<Record<string, unknown>>): TaskOptions {
  const { command, ...options } = given;
  if (!isCommand(command))
    throw new CroftError("unknown-command", `\`${String(command)}\` is no command of the fleet`);
  const known = flags[command];
  for (const [name, value] of Object.entries(options)) {
    const flag = kebab(name);
    if (name === "_" || !known.includes(flag)) {
      const shown = name === "_" ? String(value) : `--${flag}`;
      const near = closest(flag, known);
      const all = known.map((each) => `\`--${each}\``).join(" and ");
      throw new CroftError("unknown-option", `option \`${shown}\` does not exist for \`nx ${command}\``, {
        hint: near === undefined ? `there is ${all}` : `did you mean \`--${near}\`?`,
      });
    }
    if (!switches.has(value)) {
      throw new CroftError("bad-option", `option \`--${flag}\` of \`nx ${command}\` takes no value`, {
        hint: `type \`--${flag}\` alone`,
      });
    }
  }
  const isOn = (name: string): boolean => switches.get(options[name]) === true;
  return { command, dryRun: isOn("dryRun"), verbose: isOn("verbose") };
}
