import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "@croft/process";
import type { ImportGraph } from "./layers.ts";
import { root } from "./repository.ts";

interface NxGraph {
  readonly graph: {
    readonly nodes: Readonly<
      Record<string, { readonly data: { readonly root: string; readonly tags?: readonly string[] } }>
    >;
    readonly dependencies: Readonly<
      Record<string, readonly { readonly source: string; readonly target: string }[]>
    >;
  };
}

/** The project graph as Nx sees it now. */
export async function importGraph(): Promise<ImportGraph> {
  const folder = mkdtempSync(join(tmpdir(), "croft-graph-"));
  try {
    const file = join(folder, "graph.json");
    const nx = await run([process.execPath, "node_modules/nx/dist/bin/nx.js", "graph", `--file=${file}`], {
      cwd: root,
      env: { NX_DAEMON: "false" },
    });
    if (nx.code !== 0) throw new Error(nx.stdout + nx.stderr);
    const { graph }: NxGraph = JSON.parse(readFileSync(file, "utf8"));
    const layer = (tags: readonly string[] = []): string =>
      tags.find((tag) => tag.startsWith("layer:"))?.slice("layer:".length) ?? "none";
    return {
      layerOf: new Map(Object.entries(graph.nodes).map(([name, { data }]) => [name, layer(data.tags)])),
      imports: Object.values(graph.dependencies)
        .flat()
        .filter(({ target }) => target in graph.nodes)
        .map(({ source, target }) => ({ from: source, to: target })),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
