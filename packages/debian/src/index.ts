export * from "./debian.ts";
export * from "./interface.ts";
