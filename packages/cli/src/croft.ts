import { Command } from "commander";
import { fleetCommands } from "./fleet-commands.ts";
import { hostCommand } from "./host-commands.ts";
import { secretsCommand } from "./secrets-commands.ts";
import type { Terminal } from "./terminal.ts";

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
  return program.addHelpText("after", "\nEverything is deployed with `npx nx run-many -t deploy`, too.");
}
