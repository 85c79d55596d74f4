// What an embedded host has for `systemctl`: `control.ts <root> <run> <verb> [unit]`; starts the supervisor on demand.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "@croft/process";
import { askSupervisor } from "./supervisor-client.ts";

const [root = "", run = "", verb = "", unit = ""] = process.argv.slice(2);
const deadline = Date.now() + 10_000;
const launches = new Set(["start", "restart", "reload-or-restart"]);

let answer = await askSupervisor(run, verb, unit);
if (answer === undefined && launches.has(verb)) {
  await start([process.execPath, fileURLToPath(new URL("supervisor.ts", import.meta.url)), root, run], {
    cwd: root,
    detached: true,
    logFile: join(root, "supervisor.log"),
  });
  while (answer === undefined && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer = await askSupervisor(run, verb, unit);
  }
  answer ??= `the supervisor did not start: see ${join(root, "supervisor.log")}`;
}
if (answer !== undefined && answer !== "ok") {
  console.error(answer);
  process.exitCode = 1;
}
