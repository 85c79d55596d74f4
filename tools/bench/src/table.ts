import type { Row } from "./bench.ts";

const cellsOf = (row: Row): string[] => [
  row.case,
  `${row.value} ${row.unit}`,
  row.peer === undefined
    ? ""
    : row.skipped === undefined
      ? row.peer
      : `${row.peer} (skipped: ${row.skipped})`,
  row.ratio === undefined ? "" : `${row.ratio.toFixed(2)}×`,
];

/** Rows as a table in Markdown, ready for docs/performance.md. */
export function showTable(rows: readonly Row[]): string {
  const table = [["case", "value", "peer", "ratio"], ...rows.map(cellsOf)];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((cells) => (cells[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const [head = [], ...body] = table;
  return line(head) + line(widths.map((width) => "-".repeat(width))) + body.map(line).join("");
}
