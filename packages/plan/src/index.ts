export * from "./artifact.ts";
export * from "./artifact-folder.ts";
export * from "./manifest.ts";
export * from "./outcome.ts";
export * from "./platform.ts";
export * from "./step.ts";
export * from "./deploy.ts";
