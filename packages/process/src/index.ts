export * from "./exit-caller.ts";
export * from "./finish.ts";
export * from "./lock.ts";
export * from "./run.ts";
export * from "./start.ts";
export * from "./spawn-problem.ts";
