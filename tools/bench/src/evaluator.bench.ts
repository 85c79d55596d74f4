/** `npx nx bench evaluator`: what evaluating the example fleet costs, process start included. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "@croft/process";
import { root as cwd } from "@croft/workspace";
import { runBench } from "./bench.ts";

/** Loads every host, evaluates all of them, and reads what a build reads first. */
const evaluate = `
import { enableCompileCache } from "node:module";
enableCompileCache(process.argv[1]);
const { openFleet } = await import("@croft/fleet");
const { units } = await import("@croft/linux");
const { evaluation } = await openFleet(process.cwd());
for (const name of evaluation.names) {
  const host = evaluation.host(name);
  if (host.check().length > 0) throw host.check()[0];
  for (const file of Object.values(host.config.linux.files)) file.text;
  units(host.config.linux);
}
`;

const cache = mkdtempSync(join(tmpdir(), "croft-bench-"));

async function node(...args: string[]): Promise<void> {
  const { code, stderr } = await run([process.execPath, ...args], { cwd });
  if (code !== 0) throw new Error(stderr);
}

try {
  await runBench([
    {
      name: "example fleet, three hosts, a new process",
      rounds: 15,
      prepare: () => node("--input-type=module", "-e", evaluate, cache),
      run: () => node("--input-type=module", "-e", evaluate, cache),
      peer: { name: "an empty process", run: () => node("-e", "0") },
    },
  ]);
} finally {
  rmSync(cache, { recursive: true });
}
