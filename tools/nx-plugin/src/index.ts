export * from "./projects.ts";
export * from "./report.ts";

/** The name under which Nx speaks of this plugin. */
export const name = "@croft/nx-plugin";
