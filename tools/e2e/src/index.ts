export * from "./browser.ts";
export * from "./clone.ts";
export * from "./eventually.ts";
export * from "./processes.ts";
export * from "./report.ts";
