import { readFile } from "node:fs/promises";
import { type Finding, probe } from "./probe.ts";
import { keyOf, parseTargets, type Target } from "./targets.ts";

/** What is known of a target: the last finding, since when its state lasts, and the states before, oldest first. */
export interface Watched {
  readonly target: Target;
  readonly finding: Finding | undefined;
  readonly since: Date | undefined;
  readonly checked: Date | undefined;
  readonly history: readonly Finding["state"][];
}

/** How a watcher looks at its targets. */
export interface Habits {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly now: () => Date;
}

/** How many of the last states are remembered. */
export const remembered = 40;

/** Looks at every target in turn, round after round, and remembers in memory what it found. */
export class Watcher {
  readonly #file: string;
  readonly #habits: Habits;
  #watched: ReadonlyMap<string, Watched> = new Map();
  #problem = "";
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  private constructor(file: string, habits: Habits) {
    this.#file = file;
    this.#habits = habits;
  }

  /** Reads the targets for the first time; throws when they cannot be read. */
  static async open(file: string, habits: Habits): Promise<Watcher> {
    const watcher = new Watcher(file, habits);
    await watcher.#readTargets();
    return watcher;
  }

  /**
   * Begins the first round now, and each next one an interval after the last began, or at once if it took longer.
   * What has just changed is looked at again after a second: after a deploy the whole fleet starts at once.
   */
  start(): void {
    const began = performance.now();
    void this.round().then(() => {
      if (this.#isStopped) return;
      const seconds = this.#hasNews()
        ? Math.min(1, this.#habits.intervalSeconds)
        : this.#habits.intervalSeconds;
      const rest = seconds * 1000 - (performance.now() - began);
      this.#timer = setTimeout(() => this.start(), Math.max(0, rest));
    });
  }

  /** Begins no more rounds. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** One round: the targets are read again, and each is looked at once, all at the same time. */
  async round(): Promise<void> {
    try {
      await this.#readTargets();
      this.#problem = "";
    } catch (error) {
      this.#report(error instanceof Error ? error.message : String(error));
    }
    await Promise.all([...this.#watched].map(([key, { target }]) => this.#look(key, target)));
  }

  /** Every target with what is known of it, by host, service and port. */
  get watched(): readonly Watched[] {
    return [...this.#watched.values()];
  }

  async #readTargets(): Promise<void> {
    const targets = parseTargets(await readFile(this.#file, "utf8"));
    const inOrder = targets
      .map((target) => [orderOf(target), target] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    this.#watched = new Map(inOrder.map(([, target]) => [keyOf(target), { ...this.#known(target), target }]));
  }

  #hasNews(): boolean {
    return this.watched.some(({ since, checked }) => since !== undefined && since === checked);
  }

  #known(target: Target): Watched {
    const nothing = { target, finding: undefined, since: undefined, checked: undefined, history: [] };
    return this.#watched.get(keyOf(target)) ?? nothing;
  }

  async #look(key: string, target: Target): Promise<void> {
    const finding = await probe(target, this.#habits.timeoutSeconds * 1000);
    const before = this.#watched.get(key);
    if (before === undefined) return;
    const checked = this.#habits.now();
    const since = before.finding?.state === finding.state ? before.since : checked;
    const history = [...before.history, finding.state].slice(-remembered);
    this.#watched = new Map(this.#watched).set(key, {
      target: before.target,
      finding,
      since,
      checked,
      history,
    });
  }

  /** Says once what is wrong with the targets, and goes on with those it had. */
  #report(problem: string): void {
    if (problem !== this.#problem)
      console.error(`watch: the targets in \`${this.#file}\` are as before: ${problem}`);
    this.#problem = problem;
  }
}

function orderOf(target: Target): string {
  return [target.host, target.title, target.service, target.port].join("\0");
}
