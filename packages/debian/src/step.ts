import type { Plan, Step } from "@croft/plan";
import type { Entry, Generation, UnitEntry } from "./generation.ts";

/** A change of one managed file or link. */
export interface FileStep extends Step {
  readonly kind: "file";
  readonly action: "create" | "replace" | "update" | "remove" | "restore" | "leave";
  /** What the current generation has there. */
  readonly old?: Entry;
  /** What the new generation has there. */
  readonly entry?: Entry;
  /** Whether what stands at the path itself changes, and not only the content that a link leads to. */
  readonly touches: boolean;
}

/** A change of what a unit does. */
export interface UnitStep extends Step {
  readonly kind: "unit";
  readonly action: "start" | "stop" | "restart" | "reload";
  readonly unit: UnitEntry;
  /** Whether it ran before, as far as is known. */
  readonly ran: boolean;
  /** Only if one of these secrets has another plaintext than before: ciphertext alone cannot tell. */
  readonly onlyIf: readonly string[];
}

/** Debian packages, users, directories, secrets, and what else has no file of its own. */
export interface OtherStep extends Step {
  readonly kind: "package" | "user" | "directory" | "secret" | "generation";
  readonly action: "install" | "uninstall" | "add" | "make" | "leave" | "open" | "close" | "record" | "undo";
}

/** A step of a Debian host's plan. */
export type DebianStep = FileStep | UnitStep | OtherStep;

/** What a deploy of a Debian host will do. */
export interface DebianPlan extends Plan {
  readonly steps: readonly DebianStep[];
  /** The number that the new generation gets. */
  readonly number: number;
  /** The number of the generation that the plan was made for; 0 before the first. */
  readonly base: number;
  readonly from: Generation | undefined;
  readonly to: Generation;
  /** Free room on the device, in KiB. */
  readonly room: number;
  /** Contents that the device has already: the path in the artifact, and where the device finds it. */
  readonly reused: readonly (readonly [path: string, from: string])[];
}
