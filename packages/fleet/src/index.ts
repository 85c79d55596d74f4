export * from "./load.ts";
export * from "./open.ts";
