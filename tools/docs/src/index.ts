export * from "./blocks.ts";
export * from "./links.ts";
