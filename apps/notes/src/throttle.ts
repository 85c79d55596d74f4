/** How many attempts may be made in how many milliseconds. */
interface Allowance {
  readonly attempts: number;
  readonly within: number;
}

/** Counts attempts by key in a sliding window; an attempt that turns out well is forgiven. */
export class Throttle {
  readonly #allowance: Allowance;
  readonly #now: () => number;
  readonly #attempts = new Map<string, number[]>();

  constructor(allowance: Allowance, now: () => number) {
    this.#allowance = allowance;
    this.#now = now;
  }

  /** Seconds until the next attempt may be made; 0 for "now". */
  wait(key: string): number {
    const recent = this.#recent(key);
    const oldest = recent.at(-this.#allowance.attempts);
    return oldest === undefined ? 0 : Math.ceil((oldest + this.#allowance.within - this.#now()) / 1000);
  }

  /** Counts an attempt, before its outcome is known, so that many at once count as many. */
  count(key: string): void {
    if (this.#attempts.size >= 10_000) this.#forgetOld();
    this.#attempts.set(key, [...this.#recent(key), this.#now()]);
  }

  /** Takes back what was counted for a key. */
  forgive(key: string): void {
    this.#attempts.delete(key);
  }

  #recent(key: string): number[] {
    const start = this.#now() - this.#allowance.within;
    return (this.#attempts.get(key) ?? []).filter((time) => time > start);
  }

  #forgetOld(): void {
    for (const key of this.#attempts.keys()) if (this.#recent(key).length === 0) this.#attempts.delete(key);
  }
}
