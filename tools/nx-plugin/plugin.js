// What Nx loads. Plain JavaScript, so that a Node that cannot strip types still gets as far as this sentence.
import { createRequire } from "node:module";

if (!process.features.typescript) {
  console.error(
    `node ${process.versions.node} cannot run Croft: type \`npx nx …\`, which takes this repository's Node 24`,
  );
  process.exit(1);
}

export const { name, createNodes, preTasksExecution, postTasksExecution } = createRequire(import.meta.url)(
  "./src/index.ts",
);
