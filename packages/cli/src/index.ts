export * from "./croft.ts";
export * from "./main.ts";
export * from "./terminal.ts";
