export * from "./graph.ts";
export * from "./layers.ts";
export * from "./lock.ts";
export * from "./repository.ts";
export * from "./tests.ts";
export * from "./copy.ts";
