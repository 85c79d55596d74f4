import { Command } from "commander";
import { addHost, type HostChange, rekeyHost, type Retirement, retireHost, type Trust } from "@croft/fleet";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

interface TrustOptions {
  readonly fingerprint?: string;
}

/** `croft host …`: the life of a machine. */
export function hostCommand(on: Terminal): Command {
  const host = new Command("host").description("Add, rekey and retire machines.");
  host
    .command("add")
    .description("Make first contact with a machine, and write its host file.")
    .argument("<name>", "the host's name in the repository")
    .argument("<user@address>", "where ssh reaches it, such as root@10.0.0.4")
    .option("--fingerprint <SHA256:…>", "trust this ssh-ed25519 host key instead of asking")
    .action(async (name: string, target: string, options: TrustOptions) => {
      const change = await addHost(findWorkspace(on.folder), name, target, trust(options, on));
      on.print(
        `${shown("added", change)}next: list services in hosts/${name}/host.ts, then \`npx nx deploy ${name}\`\n`,
      );
    });
  host
    .command("rekey")
    .description("Pin the new host key of a machine that was installed anew.")
    .argument("<name>", "the host")
    .option("--fingerprint <SHA256:…>", "trust this ssh-ed25519 host key instead of asking")
    .action(async (name: string, options: TrustOptions) => {
      const change = await rekeyHost(findWorkspace(on.folder), name, trust(options, on));
      on.print(`${shown("rekeyed", change)}next: \`npx nx secrets\` encrypts its secrets to the new key\n`);
    });
  host
    .command("retire")
    .description("Take a machine out of the repository; the machine itself is left alone.")
    .argument("<name>", "the host")
    .action(async (name: string) => {
      const retirement = await retireHost(findWorkspace(on.folder), name);
      on.print(`retired ${name}\n${list(retirement.written)}${nextSteps(name, retirement)}`);
    });
  return host;
}

const trust = ({ fingerprint }: TrustOptions, { ask }: Terminal): Trust => ({
  ...(fingerprint === undefined ? {} : { fingerprint }),
  ...(ask === undefined ? {} : { ask }),
});

function shown(verb: string, { host, fingerprint, written, installedAge }: HostChange): string {
  const age = installedAge ? "  installed age on it\n" : "";
  return `${verb} ${host}, host key ${fingerprint}\n${age}${list(written)}`;
}

/** What only its owner can do: whoever read a secret knows it, and what runs here nobody else would end. */
function nextSteps(name: string, { readSecrets, runsHere }: Retirement): string {
  const secrets = [
    "next: `npx nx secrets` takes its right to read secrets away\n",
    "next: `npx croft secrets update --prune` deletes those that nobody uses any more\n",
    "next: `npx croft secrets update --rotate <name…>` draws those anew that it knows\n",
  ];
  return [
    ...(readSecrets ? secrets : []),
    ...(runsHere ? [`next: \`npx croft stop ${name}\` ends what it runs here\n`] : []),
  ].join("");
}

const list = (files: readonly string[]): string => files.map((file) => `  ${file}\n`).join("");
