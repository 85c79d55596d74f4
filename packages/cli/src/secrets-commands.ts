import { Command } from "commander";
import { showSecret, updateSecrets } from "@croft/fleet";
import { secretsErrors, showSecretsReport } from "@croft/secrets";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

interface UpdateOptions {
  readonly dryRun: boolean;
  readonly prune: boolean;
  readonly rotate: readonly string[];
  readonly json: boolean;
}

/** `croft secrets …`: everything about secrets. */
export function secretsCommand(on: Terminal): Command {
  const secrets = new Command("secrets").description(
    "Bring secrets up to date, and show them to their owner.",
  );
  secrets
    .command("update", { isDefault: true })
    .description("Bring every secret up to date with its specification.")
    .option("--dry-run", "work everything out and write nothing", false)
    .option("--prune", "delete what is no longer referenced", false)
    .option("--rotate <name...>", "draw these secrets anew", [])
    .option("--json", "print the report as JSON", false)
    .action(async ({ json, ...options }: UpdateOptions) => {
      const report = await updateSecrets(findWorkspace(on.folder), options);
      const errors = secretsErrors(report);
      on.print(json ? JSON.stringify(report, null, 2) : showSecretsReport(report, { color: on.color }));
      if (errors.length > 0) on.exit(1);
    });
  secrets
    .command("show")
    .description("Print the value of a secret; needs the owner's identity.")
    .argument("<name>", "the secret")
    .action(async (name: string) => {
      on.print(await showSecret(findWorkspace(on.folder), name));
    });
  return secrets;
}
