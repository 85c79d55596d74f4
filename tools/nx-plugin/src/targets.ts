import type { TargetConfiguration } from "@nx/devkit";
import { fleetInputs, projectInputs, workspaceInputs } from "./inputs.ts";
import type { Inputs } from "./inputs.ts";

/** Targets by name. */
export type Targets = Record<string, TargetConfiguration>;

/** What a task of a host, or of an app, asks of the fleet. */
type FleetCommand = "build" | "bundle" | "plan" | "deploy" | "status" | "stop";

const fleet = (
  command: FleetCommand,
  description: string,
  more: Partial<TargetConfiguration> = {},
): TargetConfiguration => ({
  executor: "@croft/nx-plugin:fleet",
  options: { command },
  cache: false,
  metadata: { description },
  ...more,
});

/** The targets of a host. */
export const hostTargets: Targets = {
  build: fleet("build", "Writes the host's artifact to dist/hosts", {
    cache: true,
    inputs: fleetInputs,
    outputs: ["{workspaceRoot}/dist/hosts/{projectName}"],
  }),
  plan: fleet("plan", "Shows what a deploy would change", { dependsOn: ["build"], inputs: fleetInputs }),
  deploy: fleet("deploy", "Brings the host to its artifact", { dependsOn: ["build"], inputs: fleetInputs }),
  status: fleet("status", "Asks the host what it runs"),
  stop: fleet("stop", "Stops what runs of an embedded host"),
};

/** Runs lines of shell at the root of the repository; only a single one takes what is typed after the target. */
const shell = (lines: readonly string[], more: Partial<TargetConfiguration>): TargetConfiguration => ({
  executor: "nx:run-commands",
  options: { ...(lines.length === 1 ? { command: lines[0] } : { commands: lines }), cwd: "{workspaceRoot}" },
  ...more,
});

/** Runs a project's tests and counts them in dist/tests. */
export function testTarget(
  project: string,
  root: string,
  { looksAround, cache }: { readonly looksAround: boolean; readonly cache: boolean },
): TargetConfiguration {
  const reporters = [
    ["spec", "stdout"],
    ["./tools/nx-plugin/src/test-counts.ts", `dist/tests/${project}.json`],
  ].map(
    ([reporter, destination]) => `--test-reporter=${reporter} --test-reporter-destination=${destination}`,
  );
  const inputs: Inputs = looksAround
    ? workspaceInputs
    : [...projectInputs, "{workspaceRoot}/tools/nx-plugin/src/test-counts.ts"];
  return shell(
    [`mkdir -p dist/tests && env -u FORCE_COLOR node --test ${reporters.join(" ")} "${root}/**/*.test.ts"`],
    {
      cache,
      inputs: [...inputs, { env: "CROFT_LAB_REQUIRED" }],
      outputs: [`{workspaceRoot}/dist/tests/${project}.json`],
      metadata: { description: "Runs the tests" },
    },
  );
}

/** Compares a project with its peers and its own past. */
export const benchTarget = (project: string): TargetConfiguration =>
  shell([`node tools/bench/src/${project}.bench.ts`], {
    cache: false,
    parallelism: false,
    metadata: { description: "Measures, and prints a table; --json prints rows" },
  });

/** Bundles the software of an app as it would be shipped to a host. */
export const bundleTarget: TargetConfiguration = fleet("bundle", "Bundles src/main.ts to dist/apps", {
  cache: true,
  inputs: projectInputs,
  outputs: ["{workspaceRoot}/dist/apps/{projectName}"],
});

/** The targets of the repository as a whole, whose types are checked once for each of `tsconfigs`. */
export const rootTargets = (tsconfigs: readonly string[]): Targets => ({
  secrets: {
    executor: "@croft/nx-plugin:secrets",
    cache: false,
    metadata: { description: "Brings every secret up to date" },
  },
  typecheck: shell(
    tsconfigs.map((path) => `node node_modules/typescript-native/bin/tsc --noEmit --checkers 1 -p ${path}`),
    {
      cache: true,
      inputs: workspaceInputs,
      syncGenerators: ["@croft/nx-plugin:hosts"],
      metadata: { description: "Checks the types of everything" },
    },
  ),
  lint: shell(["oxlint", "oxfmt --check"], {
    cache: true,
    inputs: workspaceInputs,
    metadata: { description: "Checks rules and format" },
  }),
});
