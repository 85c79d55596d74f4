/** What became of one host, and what the command ends with because of it (DESIGN §7). */
interface OutcomeKind {
  /** The exit code that this outcome asks for. */
  readonly code: number;
  /** Said of the host in one line of the report. */
  readonly words: string;
  /** Whether the hosts that wait for this one may be deployed. */
  readonly lets: boolean;
}

const kinds = {
  unchanged: { code: 0, words: "unchanged", lets: true },
  changed: { code: 0, words: "changed", lets: true },
  planned: { code: 0, words: "would change", lets: true },
  running: { code: 0, words: "running", lets: true },
  stopped: { code: 0, words: "stopped", lets: true },
  "needs-reboot": { code: 7, words: "changed, needs a reboot", lets: true },
  failed: { code: 1, words: "failed, nothing was touched", lets: false },
  "not-tried": { code: 3, words: "not tried", lets: false },
  unreachable: { code: 4, words: "unreachable", lets: false },
  "rolled-back": { code: 5, words: "rolled back", lets: false },
  broken: { code: 6, words: "broken", lets: false },
} as const satisfies Record<string, OutcomeKind>;

/** The result of one host. */
export type Outcome = keyof typeof kinds;

/** The words that a person reads for an outcome. */
export const wordsOf = (outcome: Outcome): string => kinds[outcome].words;

/** Whether hosts that wait for one with this outcome may go on. */
export const letsOthersGoOn = (outcome: Outcome): boolean => kinds[outcome].lets;

/** Of several exit codes the first of these stands. */
const precedence = [6, 5, 4, 3, 1, 7, 2, 0];

/** The exit code of a command with these outcomes. With `changesCount`, a plan with changes is 2. */
export function exitCodeOf(outcomes: readonly Outcome[], changesCount = false): number {
  const codes: readonly number[] = outcomes.map((outcome) =>
    changesCount && outcome === "planned" ? 2 : kinds[outcome].code,
  );
  return precedence.find((code) => codes.includes(code)) ?? 0;
}
