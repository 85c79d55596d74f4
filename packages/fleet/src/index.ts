export * from "./host-life.ts";
export * from "./hosts-index.ts";
export * from "./load.ts";
export * from "./open.ts";
