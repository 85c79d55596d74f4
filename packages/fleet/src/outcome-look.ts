import type { Outcome } from "@croft/plan";

/** The colours of outcomes. */
export type Color = "green" | "yellow" | "red" | "gray" | "cyan" | "bold";

/** What a report shows of a host with an outcome. */
interface OutcomeLook {
  readonly color: Color;
  /** Whether its steps are counted: they were done, or would be. */
  readonly countsSteps: boolean;
  /** Whether its services answer, so that their URLs are worth showing. */
  readonly answers: boolean;
}

const looks = {
  unchanged: { color: "gray", countsSteps: false, answers: true },
  changed: { color: "green", countsSteps: true, answers: true },
  planned: { color: "yellow", countsSteps: true, answers: false },
  running: { color: "green", countsSteps: false, answers: true },
  stopped: { color: "gray", countsSteps: false, answers: false },
  "needs-reboot": { color: "yellow", countsSteps: true, answers: true },
  failed: { color: "red", countsSteps: false, answers: false },
  "not-tried": { color: "yellow", countsSteps: false, answers: false },
  unreachable: { color: "red", countsSteps: false, answers: false },
  "rolled-back": { color: "red", countsSteps: false, answers: false },
  broken: { color: "red", countsSteps: false, answers: false },
} as const satisfies Record<Outcome, OutcomeLook>;

/** What a report shows of a host with this outcome. */
export const lookOf = (outcome: Outcome): OutcomeLook => looks[outcome];
