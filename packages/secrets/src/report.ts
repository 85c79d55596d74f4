import { styleText } from "node:util";
import type { CroftError } from "@croft/evaluator";
import type { StoreKind } from "./store.ts";

/** What an update came to for one secret. */
export type SecretOutcome = { readonly name: string; readonly store: StoreKind } & (
  | { readonly outcome: "created" | "unchanged" | "unreferenced" }
  | { readonly outcome: "rendered" | "re-encrypted" | "pruned"; readonly why: string }
  | { readonly outcome: "failed"; readonly error: CroftError }
);

/** What an update did, or would do. */
export interface SecretsReport {
  readonly version: 1;
  readonly dryRun: boolean;
  /** Sorted by store, then by name. */
  readonly secrets: readonly SecretOutcome[];
  /** What is wrong beside single secrets. */
  readonly errors: readonly CroftError[];
  /** The file of an owner identity that was made, which its owner should keep a copy of. */
  readonly identityMade?: string;
}

/** All errors of a report, each once; none means that every secret is as it was specified. */
export function secretsErrors(report: SecretsReport): readonly CroftError[] {
  const failures = report.secrets.flatMap((secret) => (secret.outcome === "failed" ? [secret.error] : []));
  return [...new Set([...report.errors, ...failures])];
}

const colors = {
  created: "green",
  rendered: "yellow",
  "re-encrypted": "yellow",
  pruned: "yellow",
  unreferenced: "gray",
  unchanged: "gray",
  failed: "red",
} as const;

/** The report as text: a line for each secret that is not as it was, a sum, then errors in full. */
export function showSecretsReport(report: SecretsReport, { color }: { readonly color: boolean }): string {
  const paint = (outcome: SecretOutcome["outcome"], text: string): string =>
    color ? styleText(colors[outcome], text, { validateStream: false }) : text;
  const lines = report.secrets
    .filter(({ outcome }) => outcome !== "unchanged")
    .map((secret) => `${paint(secret.outcome, secret.outcome.padEnd(12))}  ${describe(secret)}`);
  const identity =
    report.identityMade === undefined
      ? []
      : [`${report.dryRun ? "a new" : "made a new"} owner identity: ${report.identityMade} (keep a copy)`];
  const errors = secretsErrors(report).map((error) => `\n${error.message}`);
  return `${[...lines, ...identity, sum(report), ...errors].join("\n")}\n`;
}

function describe(secret: SecretOutcome): string {
  const name = secret.store === "embedded" ? `${secret.name} (embedded)` : secret.name;
  return "why" in secret ? `${name}: ${secret.why}` : name;
}

function sum({ secrets, dryRun }: SecretsReport): string {
  const counts = Object.keys(colors).flatMap((outcome) => {
    const count = secrets.filter((secret) => secret.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  const total = `${secrets.length} ${secrets.length === 1 ? "secret" : "secrets"}`;
  const shown = counts.length === 0 ? total : `${total}: ${counts.join(", ")}`;
  return dryRun ? `${shown} (dry run: nothing is written)` : shown;
}
