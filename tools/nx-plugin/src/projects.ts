import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { CreateNodes } from "@nx/devkit";
import { benchTarget, bundleTarget, hostTargets, rootTargets, testTarget } from "./targets.ts";
import type { Targets } from "./targets.ts";

/** One project as Nx wants it told. */
interface InferredProject {
  readonly root: string;
  readonly name: string;
  readonly targets: Targets;
  readonly tags: string[];
}

/** Folders whose tests look at more than their project and what it imports. */
const looksAround = (root: string): boolean =>
  root.startsWith("tools/") || root === "packages/fleet" || root === "packages/cli";

/** What a package.json says of its project. */
interface Facts {
  /** `none` when it names none, which a test refuses. */
  readonly layer: string;
  /** Whether tests look for programs of this machine, and skip without them: what they found is not kept. */
  readonly testsAskMachine: boolean;
}

function factsOf(path: string): Facts {
  const { croft = {} }: { croft?: Partial<Facts> } = JSON.parse(readFileSync(path, "utf8"));
  return { layer: "none", testsAskMachine: false, ...croft };
}

const hostFacts: Facts = { layer: "host", testsAskMachine: false };

/** The project in the folder of `file`, a host.ts or a package.json; nothing is evaluated or imported. */
export function inferProject(workspace: string, file: string): InferredProject {
  const root = dirname(file);
  if (root === ".") {
    const tsconfigs = globSync(["tsconfig.json", "{apps,hosts,packages,tools}/{,*/}tsconfig.json"], {
      cwd: workspace,
    });
    return { root, name: "croft", targets: rootTargets(tsconfigs.sort()), tags: ["layer:host"] };
  }
  const name = basename(root);
  const has = (path: string): boolean => existsSync(join(workspace, path));
  const isHost = root.startsWith("hosts/");
  const { layer, testsAskMachine } = isHost ? hostFacts : factsOf(join(workspace, file));
  const hasTests = globSync(`${root}/**/*.test.ts`, { cwd: workspace }).length > 0;
  return {
    root,
    name,
    targets: {
      ...(isHost ? hostTargets : {}),
      ...(root.startsWith("apps/") && has(`${root}/src/main.ts`) ? { build: bundleTarget } : {}),
      ...(hasTests
        ? { test: testTarget(name, root, { looksAround: looksAround(root), cache: !testsAskMachine }) }
        : {}),
      ...(has(`tools/bench/src/${name}.bench.ts`) ? { bench: benchTarget(name) } : {}),
    },
    tags: [`layer:${layer}`],
  };
}

/** A project for every folder below hosts, apps, packages and tools, and one for the repository itself. */
export const createNodes: CreateNodes = [
  "{hosts/*/host.ts,{apps,packages,tools}/*/package.json,package.json}",
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const { root, ...project } = inferProject(workspaceRoot, file);
      return [file, { projects: { [root]: project } }] as const;
    }),
];
