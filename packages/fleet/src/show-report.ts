import { styleText } from "node:util";
import { wordsOf } from "@croft/plan";
import { type Color, lookOf } from "./outcome-look.ts";
import type { HostReport, FleetReport } from "./report.ts";

/** How a report is shown. */
export interface ShowOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** A report as text: one line a host, what a plan would do or a device cannot do below it, then errors in full. */
export function showReport(
  { command, hosts, warnings = [] }: FleetReport,
  { color, width }: ShowOptions,
): string {
  const paint = (format: Color, text: string): string =>
    color ? styleText(format, text, { validateStream: false }) : text;
  const column = Math.max(0, ...hosts.map(({ host }) => host.length));
  const words = Math.max(0, ...hosts.map(({ outcome }) => wordsOf(outcome).length));
  const lines = hosts.flatMap((host) => [
    `${paint("bold", host.host.padEnd(column))}  ${paint(lookOf(host.outcome).color, wordsOf(host.outcome).padEnd(words))}  ${summary(host)}`.trimEnd(),
    ...(command === "plan" || command === "status" ? planLines(host) : []).map(
      (line) => `  ${clip(line, width - 2)}`,
    ),
    ...host.notRun.map((what) => paint("gray", `  ${clip(`not run: ${what}`, width - 2)}`)),
    ...host.warnings.map((warning) => paint("yellow", `  ${clip(`warning: ${warning}`, width - 2)}`)),
  ]);
  const messages = new Map<string, string[]>();
  for (const { host, message } of hosts) {
    if (message !== undefined) messages.set(message, [...(messages.get(message) ?? []), host]);
  }
  const errors = [...messages].map(([message, names]) => `\n${paint("bold", names.join(", "))}: ${message}`);
  const rest = warnings.map((warning) => `\n${paint("yellow", `warning: ${warning}`)}`);
  return `${[...lines, ...errors, ...rest].join("\n")}\n`;
}

/** What stands behind the outcome: how much was done, and where services answer. */
function summary({ steps, urls, outcome }: HostReport): string {
  const count = lookOf(outcome).countsSteps ? steps.length : 0;
  const done = count === 0 ? [] : [`${count} ${count === 1 ? "step" : "steps"}`];
  return [...done, ...urls.map(({ url }) => url)].join("  ");
}

function planLines({ steps }: HostReport): string[] {
  const action = Math.max(0, ...steps.map((step) => step.action.length));
  const lines = steps.map((step) => `${step.action.padEnd(action)}  ${step.subject}: ${step.reason}`);
  const note = "packages, users and directories are not undone by a roll back";
  return steps.some(({ undone }) => !undone) ? [...lines, note] : lines;
}

const clip = (text: string, width: number): string =>
  text.length <= width || width < 40 ? text : `${text.slice(0, width - 1)}…`;
