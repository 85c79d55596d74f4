import { CroftError } from "@croft/evaluator";
import { alternate } from "./measure.ts";
import type { Subject } from "./measure.ts";
import { showTable } from "./table.ts";

/** One line of a benchmark: what is measured, and beside whom. */
export interface BenchCase extends Subject {
  /** Milliseconds when it is not told. */
  readonly unit?: string;
  readonly peer?: Subject;
  /** How often each is run, five at least; seven when it is not told. */
  readonly rounds?: number;
  /** Done once before, and not measured. */
  prepare?(): Promise<void>;
}

/** One measured case, as `--json` prints it; `ratio` is ours divided by the peer's. */
export interface Row {
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  /** Why the peer was not run. */
  readonly skipped?: string;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** Measures one case. */
export async function measureCase(bench: BenchCase): Promise<Row> {
  const { peer, rounds = 7, unit = "ms" } = bench;
  if (rounds < 5) throw new RangeError(`\`${bench.name}\` has ${rounds} rounds, and five are the least`);
  await bench.prepare?.();
  const beside = peer !== undefined && peer.missing === undefined ? [peer] : [];
  const [value = 0, peerValue] = await alternate([bench, ...beside], rounds);
  return {
    case: bench.name,
    value: rounded(value),
    unit,
    ...(peer === undefined ? {} : { peer: peer.name }),
    ...(peerValue === undefined ? {} : { ratio: rounded(value / peerValue) }),
    ...(peer?.missing === undefined ? {} : { skipped: peer.missing }),
  };
}

/** Runs the cases of a benchmark one after the other; prints a table, or rows with `--json`. */
export async function runBench(
  cases: readonly BenchCase[],
  argv: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const unknown = argv.find((word) => word !== "--json");
  if (unknown !== undefined) {
    const hint = "there is `--json`";
    const refusal = new CroftError(
      "unknown-option",
      `option \`${unknown}\` does not exist for \`nx bench\``,
      { hint },
    );
    process.stderr.write(`${refusal.message}\n`);
    process.exitCode = 1;
    return;
  }
  const rows: Row[] = [];
  for (const each of cases) rows.push(await measureCase(each));
  process.stdout.write(argv.includes("--json") ? `${JSON.stringify(rows, null, 2)}\n` : showTable(rows));
}
