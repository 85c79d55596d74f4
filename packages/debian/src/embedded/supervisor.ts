// The service manager of one embedded host: `supervisor.ts <root> <run>`, started by `control.ts`, ended by `shutdown`.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { endOrphans } from "./orphans.ts";
import { identityOf } from "./process-identity.ts";
import { Service } from "./service.ts";

const [root = "", run = ""] = process.argv.slice(2);
const states = join(run, "units");
const services = new Map<string, Service>();
/** Requests take effect one after the other, as they came. */
let queue: Promise<unknown> = Promise.resolve();

function service(unit: string): Service {
  const found = services.get(unit) ?? new Service(unit, { root, run }, note);
  services.set(unit, found);
  return found;
}

/** States are files, so that a look at a host starts no program of ours. */
function note({ unit, state }: Service): void {
  const main =
    state.process === undefined ? [] : [`MainPID=${state.process.pid}`, `Started=${state.process.started}`];
  replace(join(states, unit), [
    `ActiveState=${state.active}`,
    `SubState=${state.sub}`,
    `NRestarts=${state.restarts}`,
    ...main,
  ]);
}

function replace(file: string, lines: readonly string[]): void {
  writeFileSync(`${file}.new`, lines.map((line) => `${line}\n`).join(""));
  renameSync(`${file}.new`, file);
}

const verbs: Readonly<Record<string, (unit: string) => Promise<void>>> = {
  start: (unit) => service(unit).start(),
  stop: (unit) => service(unit).stop(),
  restart: async (unit) => {
    await service(unit).stop();
    await service(unit).start();
  },
  "try-restart": async (unit) => {
    if (service(unit).state.active === "active") await verbs["restart"]?.(unit);
  },
  "reload-or-restart": (unit) => verbs["restart"]?.(unit) ?? Promise.resolve(),
  shutdown: async () => {
    await Promise.all([...services.values()].map((each) => each.stop()));
  },
};

async function answer(request: string, socket: Socket): Promise<void> {
  const [verb = "", unit = ""] = request.trim().split(" ");
  try {
    const act = verbs[verb];
    if (act === undefined) throw new Error(`verb ${verb} is not known`);
    await act(unit);
    socket.end("ok\n");
  } catch (error) {
    socket.end(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  if (verb === "shutdown") {
    rmSync(join(run, "control"), { force: true });
    process.exit(0);
  }
}

mkdirSync(states, { recursive: true });
mkdirSync(join(root, "var/log"), { recursive: true });
await endOrphans(run);
const server = createServer((socket) => {
  let request = "";
  socket.setEncoding("utf8").on("error", () => undefined);
  socket.on("data", (text: string) => {
    request += text;
    if (request.endsWith("\n")) queue = queue.then(() => answer(request, socket));
  });
});
rmSync(join(run, "control"), { force: true });
server.listen(join(run, "control"), () => {
  const { pid, started } = identityOf(process.pid);
  replace(join(run, "supervisor"), [`${pid} ${started}`]);
});
// A terminal that goes away, or Ctrl-C in it, is not a reason to end.
for (const name of ["SIGHUP", "SIGINT"] as const) process.on(name, () => undefined);
const end = (): void => {
  queue = queue.then(() => verbs["shutdown"]?.("")).then(() => process.exit(0));
};
process.on("SIGTERM", end);
// Somebody removed the clone without stopping it, or a logout wiped the user's memory folder: nobody could ever find
// and stop this process any more.
setInterval(() => {
  if (existsSync(root) && existsSync(join(run, "control"))) return;
  rmSync(run, { recursive: true, force: true });
  end();
}, 2000);
