import type { TargetConfiguration } from "@nx/devkit";

/** What Nx hashes to decide whether a task must run again. */
export type Inputs = NonNullable<TargetConfiguration["inputs"]>;

const librariesAndOptions = [
  "{workspaceRoot}/package.json",
  "{workspaceRoot}/package-lock.json",
  "{workspaceRoot}/tsconfig.base.json",
];

/** Everything that a host's artifact may come from: any module may define an option of any host. */
export const fleetInputs: Inputs = [
  ...["hosts", "apps", "packages", "tools/nx-plugin", "secrets/public", "secrets/recipients"].map(
    (folder) => `{workspaceRoot}/${folder}/**/*`,
  ),
  ...librariesAndOptions,
  "!{workspaceRoot}/hosts/index.ts",
];

/** A project with everything that it imports. */
export const projectInputs: Inputs = ["{projectRoot}/**/*", "^{projectRoot}/**/*", ...librariesAndOptions];

/** Every file of the repository. */
export const workspaceInputs: Inputs = ["{workspaceRoot}/**/*"];
