/** One change to one device, with the reason for it. A platform adds its own fields. */
export interface Step {
  /** A verb of the platform, such as `install` or `restart`. */
  readonly action: string;
  /** What is changed, such as a path or the name of a unit. */
  readonly subject: string;
  /** Why, in a few words. */
  readonly reason: string;
  /** Whether a rolled-back deploy takes this step back. */
  readonly undone: boolean;
}

/** Everything that a deploy of one host will do, known before anything is touched. */
export interface Plan {
  readonly steps: readonly Step[];
  /** What this host wants and the device cannot do, such as Debian packages on an embedded host. */
  readonly notRun: readonly string[];
}

/** Says whether the device is already as wanted. */
export const isEmpty = (plan: Plan): boolean => plan.steps.length === 0;
