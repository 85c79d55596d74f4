import type { TargetConfiguration } from "@nx/devkit";

/** What Nx hashes to decide whether a task must run again. */
export type Inputs = NonNullable<TargetConfiguration["inputs"]>;

const librariesAndOptions = [
  "{workspaceRoot}/package.json",
  "{workspaceRoot}/package-lock.json",
  "{workspaceRoot}/tsconfig.base.json",
];

/**
 * What a host's artifact may come from: any module may define an option of any host, and an asset may be any file. The
 * index of hosts is made from the rest.
 */
export const fleetInputs: Inputs = ["{workspaceRoot}/**/*", "!{workspaceRoot}/hosts/index.ts"];

/** A project with everything that it imports. */
export const projectInputs: Inputs = ["{projectRoot}/**/*", "^{projectRoot}/**/*", ...librariesAndOptions];

/** Every file of the repository. */
export const workspaceInputs: Inputs = ["{workspaceRoot}/**/*"];
