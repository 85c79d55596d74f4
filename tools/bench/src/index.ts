export * from "./bench.ts";
export * from "./measure.ts";
export * from "./table.ts";
