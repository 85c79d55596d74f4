export * from "./browser.ts";
export * from "./clone.ts";
export * from "./eventually.ts";
export * from "./farm.ts";
export * from "./process-record.ts";
export * from "./processes.ts";
export * from "./report.ts";
export * from "./snapshot.ts";
