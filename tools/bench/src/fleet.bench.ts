/** `npx nx bench fleet`: what deploying costs when nothing has changed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "@croft/process";
import { copyRepository } from "@croft/workspace";
import { runBench } from "./bench.ts";
import { endings, sshCases } from "./ssh-cases.ts";

/** Runs Nx in `folder` as a person would, to its end. */
async function nx(folder: string, ...args: string[]): Promise<void> {
  const env = { NX_DAEMON: "false", NX_CLI_SET: "", FORCE_COLOR: "0" };
  const { code, stdout, stderr } = await run([process.execPath, "node_modules/nx/dist/bin/nx.js", ...args], {
    cwd: folder,
    env,
  });
  if (code !== 0) throw new Error(`nx ${args.join(" ")} failed in ${folder}\n${stdout}${stderr}`);
}

/** In place of the fleet: every task succeeds at once, in the same one batch. */
const nothing = `export default async function* nothing(graph) {
  for (const task of Object.keys(graph.tasks)) yield { task, result: { success: true, terminalOutput: "" } };
}
`;

const deploy = ["run-many", "-t", "deploy"];

const ends = endings();
await using real = await copyRepository();
await using idle = await copyRepository();
writeFileSync(join(idle.folder, "tools/nx-plugin/src/fleet-batch.ts"), nothing);
try {
  await runBench([
    {
      name: "nx run-many -t deploy, nothing changed, three embedded hosts",
      prepare: async () => {
        for (const { folder } of [real, idle])
          for (let twice = 0; twice < 2; twice++) await nx(folder, ...deploy);
      },
      run: () => nx(real.folder, ...deploy),
      peer: { name: "the same run-many, executor does nothing", run: () => nx(idle.folder, ...deploy) },
    },
    ...(await sshCases(ends)),
  ]);
} finally {
  await nx(real.folder, "run-many", "-t", "stop");
  await ends.all();
}
