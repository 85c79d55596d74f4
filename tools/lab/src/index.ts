export * from "./availability.ts";
export * from "./base.ts";
export * from "./lab.ts";
export * from "./place.ts";
