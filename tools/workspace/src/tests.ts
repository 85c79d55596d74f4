/** How the tests of a project ended, as the test reporter writes it to dist/tests. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** All counts together. A command that failed, though no test did, counts as one failure: lint, types, a crash. */
export function sumOf(counts: readonly TestCounts[], commandFailed: boolean): TestCounts {
  const sum = (of: (each: TestCounts) => number): number =>
    counts.reduce((total, each) => total + of(each), 0);
  const failed = sum((each) => each.failed);
  return {
    passed: sum((each) => each.passed),
    failed: commandFailed ? Math.max(failed, 1) : failed,
    skipped: sum((each) => each.skipped),
  };
}

/** The last lines of a CI run. */
export const showCounts = ({ passed, failed, skipped }: TestCounts): string =>
  `${skipped === 0 ? "" : `${skipped} skipped\n`}${passed} passed, ${failed} failed\n`;
