import { Command } from "commander";
import {
  deployHosts,
  exitCode,
  type FleetReport,
  hostNames,
  planHosts,
  showReport,
  statusHosts,
  stoppableHosts,
  stopHosts,
} from "@croft/fleet";
import { CroftError, nameHint } from "@croft/evaluator";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

interface ReportOptions {
  readonly json: boolean;
}

interface DeployOptions extends ReportOptions {
  readonly dryRun: boolean;
}

interface PlanOptions extends ReportOptions {
  readonly exitCode: boolean;
}

/** `croft deploy`, `plan`, `status` and `stop`, for all hosts or those that are named. */
export function fleetCommands(on: Terminal): readonly Command[] {
  const finish = (report: FleetReport, { json }: ReportOptions, changesCount = false): void => {
    on.print(
      json ? JSON.stringify(report, null, 2) : showReport(report, { color: on.color, width: on.width }),
    );
    on.exit(exitCode(report, changesCount));
  };
  const command = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .argument("[hosts...]", "the hosts; all of them when none is named")
      .option("--json", "print the report as JSON", false);
  return [
    command("deploy", "Bring hosts to the state that the repository describes.")
      .option("--dry-run", "show what would change, and change nothing", false)
      .action(async (names: readonly string[], options: DeployOptions) => {
        const { root, hosts } = chosen(names, on);
        finish(await (options.dryRun ? planHosts(root, hosts) : deployHosts(root, hosts)), options);
      }),
    command("plan", "Show what a deploy would change, and why.")
      .option("--exit-code", "end with 2 when something would change", false)
      .action(async (names: readonly string[], options: PlanOptions) => {
        const { root, hosts } = chosen(names, on);
        finish(await planHosts(root, hosts), options, options.exitCode);
      }),
    command("status", "Ask hosts what they run.").action(
      async (names: readonly string[], options: ReportOptions) => {
        const { root, hosts } = chosen(names, on);
        finish(await statusHosts(root, hosts), options);
      },
    ),
    command("stop", "Stop what runs of embedded hosts; the next deploy starts it again.").action(
      async (names: readonly string[], options: ReportOptions) => {
        const { root, hosts } = chosen(names, on, await stoppableHosts(findWorkspace(on.folder)));
        finish(await stopHosts(root, hosts), options);
      },
    ),
  ];
}

function chosen(
  names: readonly string[],
  { folder }: Terminal,
  stoppable?: readonly string[],
): { readonly root: string; readonly hosts: readonly string[] } {
  const root = findWorkspace(folder);
  const known = stoppable ?? hostNames(root);
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new CroftError("unknown-host", `host \`${name}\` does not exist`, { hint: nameHint(name, known) });
  }
  return { root, hosts: names.length === 0 ? known : names };
}
