import type { BuildOutcome, FleetReport, HostReport } from "@croft/fleet";
import { readTaskOptions } from "./task-options.ts";
import type { TaskOptions } from "./task-options.ts";

/** The part of `@croft/fleet` that Nx's tasks call. */
export interface FleetDoor {
  buildHosts(root: string, hosts: readonly string[]): Promise<readonly BuildOutcome[]>;
  bundleApp(root: string, app: string): Promise<string>;
  planHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  deployHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  statusHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  stopHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  hostReport(host: string, outcome: "failed", more: { readonly message: string }): HostReport;
  writeReport(root: string, report: FleetReport): void;
  exitCode(report: FleetReport): number;
  showReport(report: FleetReport, options: { readonly color: boolean; readonly width: number }): string;
}

/** One task of Nx: a host or an app, and what is asked of it. */
export interface FleetTask {
  readonly id: string;
  readonly project: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What became of a task, as Nx takes it from a batch. */
export interface TaskEnd {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly terminalOutput: string;
  };
}

/** Where a run of tasks works, and to whom it speaks. */
interface TaskSetting {
  readonly color: boolean;
  readonly width: number;
  readonly root: string;
  report(text: string): void;
}

/** What is asked of hosts after their builds. */
type AskCommand = "plan" | "status" | "deploy" | "stop";
type Ask = (root: string, hosts: readonly string[]) => Promise<FleetReport>;
type Asked = FleetTask & { readonly read: TaskOptions };

/** After the builds, in this order, should one run ask for several. */
const order: readonly AskCommand[] = ["plan", "status", "deploy", "stop"];

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const projectsOf = (tasks: readonly FleetTask[]): string[] => tasks.map(({ project }) => project).sort();

const end = ({ id }: FleetTask, success: boolean, text = ""): TaskEnd => ({
  task: id,
  result: { success, terminalOutput: text === "" ? "" : `${text}\n` },
});

/** Does the tasks of one run: builds first, then each command once for all hosts. */
export async function* runFleetTasks(
  fleet: FleetDoor,
  tasks: readonly FleetTask[],
  setting: TaskSetting,
): AsyncGenerator<TaskEnd> {
  const asked: Asked[] = [];
  const refusals = new Set<string>();
  for (const task of tasks) {
    try {
      asked.push({ ...task, read: readTaskOptions(task.options) });
    } catch (error) {
      refusals.add(textOf(error));
      yield end(task, false);
    }
  }
  for (const refusal of refusals) setting.report(`\n${refusal}\n`);
  const askedFor = (command: TaskOptions["command"]): Asked[] =>
    asked.filter(({ read }) => read.command === command);

  const apps = askedFor("bundle");
  yield* endsOf(apps, await bundle(fleet, setting.root, apps));

  const hosts = askedFor("build");
  const unbuilt = await build(fleet, setting.root, hosts);
  const commands = order.map((command) => [command, askedFor(command)] as const);
  // The report of the command that needed the build tells what is wrong; without one, the task itself does.
  const told = new Set(commands.flatMap(([, group]) => projectsOf(group)));
  const shown = [...unbuilt].map(([host, why]) => [host, told.has(host) ? "" : why] as const);
  yield* endsOf(hosts, new Map(shown));

  for (const [command, group] of commands) {
    if (group.length > 0) yield* ask(fleet, command, group, unbuilt, setting);
  }
}

/** Why projects failed, in their order; what is not in it succeeded. */
type Failures = ReadonlyMap<string, string>;

function* endsOf(tasks: readonly FleetTask[], failures: Failures): Generator<TaskEnd> {
  for (const task of tasks) yield end(task, !failures.has(task.project), failures.get(task.project));
}

async function bundle(fleet: FleetDoor, root: string, tasks: readonly FleetTask[]): Promise<Failures> {
  const failures = new Map<string, string>();
  for (const app of projectsOf(tasks)) {
    await fleet.bundleApp(root, app).catch((error: unknown) => failures.set(app, textOf(error)));
  }
  return failures;
}

async function build(fleet: FleetDoor, root: string, tasks: readonly FleetTask[]): Promise<Failures> {
  if (tasks.length === 0) return new Map();
  const hosts = projectsOf(tasks);
  try {
    const outcomes = await fleet.buildHosts(root, hosts);
    return new Map(outcomes.flatMap((each) => (each.ok ? [] : [[each.host, textOf(each.error)]])));
  } catch (error) {
    return new Map(hosts.map((host) => [host, textOf(error)]));
  }
}

async function* ask(
  fleet: FleetDoor,
  command: AskCommand,
  tasks: readonly Asked[],
  unbuilt: Failures,
  { root, report, color, width }: TaskSetting,
): AsyncGenerator<TaskEnd> {
  const isDry = tasks.some(({ read }) => read.switches.has("dry-run"));
  const asks: Record<AskCommand, Ask> = {
    plan: fleet.planHosts,
    status: fleet.statusHosts,
    deploy: isDry ? fleet.planHosts : fleet.deployHosts,
    stop: fleet.stopHosts,
  };
  const needsBuild = command === "plan" || command === "deploy";
  const names = projectsOf(tasks);
  const broken = needsBuild ? names.filter((host) => unbuilt.has(host)) : [];
  const whole = names.filter((host) => !broken.includes(host));
  let done: FleetReport;
  try {
    done = await asks[command](root, whole);
  } catch (error) {
    report(`\n${textOf(error)}\n`);
    for (const task of tasks) yield end(task, false);
    return;
  }
  if (broken.length > 0) {
    const failed = broken.map((host) =>
      fleet.hostReport(host, "failed", { message: unbuilt.get(host) ?? "" }),
    );
    done = { ...done, hosts: [...done.hosts, ...failed].sort((a, b) => (a.host < b.host ? -1 : 1)) };
    if (done.command === "deploy") fleet.writeReport(root, done);
  }
  report(`\n${fleet.showReport(done, { color, width })}`);
  for (const task of tasks) {
    const host = done.hosts.find((each) => each.host === task.project);
    const success = host !== undefined && succeeds(fleet.exitCode({ ...done, hosts: [host] }));
    yield end(task, success, host === undefined ? "" : `${host.host}: ${host.outcome}`);
  }
}

/** Nx knows success and failure only: all as wanted, and done but a reboot is needed, are success (DESIGN §7). */
const succeeds = (code: number): boolean => code === 0 || code === 7;
