import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodeOf, type Outcome, type Step } from "@croft/plan";
import { croftFolder } from "./croft-folder.ts";

/** Where a service of a host answers. */
export interface ServiceUrl {
  readonly service: string;
  readonly url: string;
}

/** What became of one host. */
export interface HostReport {
  readonly host: string;
  readonly outcome: Outcome;
  /** Why, in full, where the outcome alone does not say it. */
  readonly message?: string;
  readonly steps: readonly Pick<Step, "action" | "subject" | "reason" | "undone">[];
  readonly urls: readonly ServiceUrl[];
  /** What the host wants and its device cannot do. */
  readonly notRun: readonly string[];
  readonly warnings: readonly string[];
}

/** What became of the hosts of one command; the form of `.croft/reports/<command>.json`. */
export interface FleetReport {
  readonly version: 1;
  readonly command: "deploy" | "plan" | "status" | "stop";
  readonly hosts: readonly HostReport[];
  /** What went wrong beside the hosts. */
  readonly warnings?: readonly string[];
}

/** The exit code that a report asks for (DESIGN §7); with `changesCount`, a plan that has steps is 2. */
export const exitCode = ({ hosts }: FleetReport, changesCount = false): number =>
  exitCodeOf(
    hosts.map(({ outcome }) => outcome),
    changesCount,
  );

/** A host's report with nothing in it but what is given. */
export const hostReport = (
  host: string,
  outcome: Outcome,
  more: Partial<Omit<HostReport, "host" | "outcome">> = {},
): HostReport => ({ host, outcome, steps: [], urls: [], notRun: [], warnings: [], ...more });

/**
 * Keeps a report where programs find it: `.croft/reports/<command>.json`, ignored by git. Where that fails, what was
 * done to hosts is told all the same: the report then has a warning more.
 */
export function writeReport(root: string, report: FleetReport): FleetReport {
  try {
    keep(root, report);
    return report;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(`${root}/`, "") : String(error);
    return { ...report, warnings: [`the report cannot be kept in \`.croft/reports\`: ${reason}`] };
  }
}

function keep(root: string, report: FleetReport): void {
  const file = join(croftFolder(root, "reports"), `${report.command}.json`);
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${file}.${process.pid}`, file);
}
