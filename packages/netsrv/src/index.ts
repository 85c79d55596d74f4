export * from "./netsrv.ts";
export * from "./ports.ts";
export * from "./service-options.ts";
export * from "./services.ts";
export * from "./url.ts";
