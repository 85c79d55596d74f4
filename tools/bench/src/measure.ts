/** Something to measure: how long `run` takes in milliseconds, or the number that it returns. */
export interface Subject {
  readonly name: string;
  run(): Promise<number | undefined> | Promise<void> | number | undefined;
  /** Why it cannot be run here, for a peer that is not installed. */
  readonly missing?: string;
}

/** The middle of an odd count of numbers, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError("the median of nothing");
  return (low + high) / 2;
}

/** The median of each subject, run in turns: one of each, `rounds` times. */
export async function alternate(subjects: readonly Subject[], rounds: number): Promise<number[]> {
  const values = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, subject] of subjects.entries()) {
      const start = performance.now();
      const own = await subject.run();
      values[at]?.push(own ?? performance.now() - start);
    }
  }
  return values.map(median);
}
