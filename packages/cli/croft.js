#!/usr/bin/env node
// Plain JavaScript, so that a Node without type stripping can say what is wrong with it.
import process from "node:process";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  process.stderr.write(
    `croft runs on the Node 24 that \`npm ci\` installs, and this is ${major}.${minor}: run \`npm ci\`, and then \`npx croft\`\n`,
  );
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { main } = await import("./src/main.ts");
  const { finish } = await import("@croft/process");
  process.exitCode = await finish("`croft`", process.cwd(), () => main(process.argv.slice(2)));
}
