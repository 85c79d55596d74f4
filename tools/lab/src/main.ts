#!/usr/bin/env node
import { CroftError } from "@croft/evaluator";
import { Command } from "commander";
import { findInPath, labUnavailable } from "./availability.ts";
import { ensureBase, removeBases } from "./base.ts";
import { openLab } from "./lab.ts";

const program = new Command("lab").description(
  "Debian machines with systemd, in a network of their own, to deploy to.",
);

program
  .command("base")
  .description("make the root file system that all hosts share, where it is missing")
  .action(async () => console.log((await ensureBase()).folder));

program
  .command("boot")
  .description("boot a host and wait until it is up; it is made at its first boot")
  .argument("<name>")
  .argument("<address>", "from 10.77.0.11 to 10.77.0.250")
  .option("--disk <size>", "a small disk for a new host, such as 200M")
  .action(async (name: string, address: string, options: { disk?: string }) => {
    const since = performance.now();
    await openLab().boot(name, address, options);
    console.log(`${name} ${address} up after ${((performance.now() - since) / 1000).toFixed(1)} s`);
  });

const hostCommands = {
  stop: "power a host off",
  kill: "kill all processes of a host; its disk stays",
  destroy: "kill a host and remove its disk",
} as const;
for (const name of ["stop", "kill", "destroy"] as const) {
  const command = program.command(name).description(hostCommands[name]);
  command.argument("<name>").action((host: string) => openLab()[name](host));
}

program
  .command("list")
  .description("list hosts, their addresses, and whether they run")
  .action(() => {
    for (const { name, address, running } of openLab().list()) {
      console.log(`${name} ${address} ${running ? "running" : "off"}`);
    }
  });

program
  .command("exec")
  .description("run a command on a host as root, over ssh")
  .argument("<name>")
  .argument("<command...>", "after --")
  .action((name: string, command: string[]) => become(openLab().sshCommand(name, command)));

program
  .command("net")
  .description("pull a host's network cable, or plug it in")
  .argument("<name>")
  .argument("<state>", "up or down")
  .action(async (name: string, state: string) => {
    if (state !== "up" && state !== "down")
      throw new CroftError("lab-cable", `a cable is \`up\` or \`down\`, not \`${state}\``);
    await openLab().net(name, state);
  });

program
  .command("enter")
  .description("become a command that sees the lab's network, such as: lab enter -- bash")
  .argument("<command...>", "after --")
  .action((command: string[]) => become(openLab().enterCommand(command)));

program
  .command("ssh-config")
  .description("print the path of the ssh configuration that knows all hosts")
  .action(() => console.log(openLab().sshConfig()));

program
  .command("clean")
  .description("remove all hosts, their network and their files")
  .option("--base", "the shared root file system too, which other labs' hosts may need")
  .action(async ({ base }: { base?: true }) => {
    await openLab().clean();
    if (base) await removeBases();
  });

program.hook("preAction", () => {
  const reason = labUnavailable();
  if (reason !== undefined) throw new CroftError("lab-unavailable", reason);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CroftError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Goes on as another program, which has this one's terminal, input and exit status. */
function become(command: readonly [string, ...string[]]): void {
  process.execve?.(findInPath(command[0]) ?? command[0], [...command], process.env);
}
