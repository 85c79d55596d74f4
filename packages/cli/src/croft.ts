import { Command } from "commander";
import { fleetCommands } from "./fleet-commands.ts";
import { hostCommand } from "./host-commands.ts";
import { secretsCommand } from "./secrets-commands.ts";
import type { Terminal } from "./terminal.ts";

const more = `
Everything is deployed with \`npx nx run-many -t deploy\`, too.

Exit codes, of several the first that stands here: 6 unknown or broken · 5 rolled back · 4 unreachable ·
3 some hosts were not tried · 1 failed before any host was touched · 7 done, reboot needed ·
2 a plan has changes (with --exit-code) · 0 otherwise`;

/** The command `croft` with all that stands below it. */
export function croft(on: Terminal): Command {
  const program = new Command("croft")
    .description("One repository for every machine you own.")
    .configureOutput({
      writeOut: (text) => on.print(text),
      writeErr: (text) => on.error(text.trimEnd()),
      getOutHasColors: () => on.color,
    })
    .exitOverride()
    .showHelpAfterError("(`croft --help` shows what there is)")
    .helpCommand(false);
  for (const command of [...fleetCommands(on), hostCommand(on), secretsCommand(on)]) {
    program.addCommand(command.copyInheritedSettings(program));
    for (const below of command.commands) below.copyInheritedSettings(program);
  }
  return program.addHelpText("after", more);
}
