import type { BuildOutcome, FleetReport } from "@croft/fleet";
import { readTaskOptions } from "./task-options.ts";
import type { TaskOptions } from "./task-options.ts";

/** The part of `@croft/fleet` that Nx's tasks call. */
export interface FleetDoor {
  buildHosts(root: string, hosts: readonly string[]): Promise<readonly BuildOutcome[]>;
  planHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  deployHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  statusHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  stopHosts(root: string, hosts: readonly string[]): Promise<FleetReport>;
  exitCode(report: FleetReport): number;
  showReport(report: FleetReport, options: { readonly color: boolean; readonly width: number }): string;
}

/** One task of Nx: a host, and what is asked of it. */
export interface FleetTask {
  readonly id: string;
  readonly host: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What became of a task, as Nx takes it from a batch. */
export interface TaskEnd {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly status?: "skipped";
    readonly terminalOutput: string;
  };
}

/** Where a run of tasks works, and to whom it speaks. */
export interface TaskSetting {
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

const textOf = (error: unknown): string => `${error instanceof Error ? error.message : String(error)}\n`;
const hostsOf = (tasks: readonly FleetTask[]): string[] => tasks.map((task) => task.host).sort();

const end = ({ id }: FleetTask, success: boolean, terminalOutput: string): TaskEnd => ({
  task: id,
  result: { success, terminalOutput },
});
const skipped = ({ id }: FleetTask): TaskEnd => ({
  task: id,
  result: { success: false, status: "skipped", terminalOutput: "" },
});

/** Does the tasks of one run: builds first, then each command once for all the hosts that are still whole. */
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
      yield end(task, false, "");
    }
  }
  for (const refusal of refusals) setting.report(`\n${refusal}`);

  const broken = new Set<string>();
  const builds = asked.filter(({ read }) => read.command === "build");
  if (builds.length > 0) {
    for (const [task, error] of await build(fleet, setting.root, builds)) {
      if (error !== undefined) broken.add(task.host);
      yield end(task, error === undefined, error ?? "");
    }
  }

  for (const command of order) {
    const group = asked.filter(({ read }) => read.command === command);
    for (const task of group.filter(({ host }) => broken.has(host))) yield skipped(task);
    const whole = group.filter(({ host }) => !broken.has(host));
    if (whole.length > 0) yield* ask(fleet, command, whole, setting);
  }
}

async function build(
  fleet: FleetDoor,
  root: string,
  tasks: readonly FleetTask[],
): Promise<[FleetTask, string | undefined][]> {
  try {
    const outcomes = new Map(
      (await fleet.buildHosts(root, hostsOf(tasks))).map((outcome) => [outcome.host, outcome]),
    );
    return tasks.map((task) => {
      const outcome = outcomes.get(task.host);
      if (outcome === undefined) return [task, `host \`${task.host}\` was not built\n`];
      return [task, outcome.ok ? undefined : textOf(outcome.error)];
    });
  } catch (error) {
    return tasks.map((task) => [task, textOf(error)]);
  }
}

async function* ask(
  fleet: FleetDoor,
  command: AskCommand,
  tasks: readonly Asked[],
  { root, report, color, width }: TaskSetting,
): AsyncGenerator<TaskEnd> {
  const asks: Record<typeof command, Ask> = {
    plan: fleet.planHosts,
    status: fleet.statusHosts,
    deploy: tasks.some(({ read }) => read.switches.has("dry-run")) ? fleet.planHosts : fleet.deployHosts,
    stop: fleet.stopHosts,
  };
  let told: FleetReport;
  try {
    told = await asks[command](root, hostsOf(tasks));
  } catch (error) {
    report(`\n${textOf(error)}`);
    for (const task of tasks) yield end(task, false, "");
    return;
  }
  report(fleet.showReport(told, { color, width }));
  for (const task of tasks) {
    const host = told.hosts.find((each) => each.host === task.host);
    const alone: FleetReport = { ...told, hosts: host === undefined ? [] : [host] };
    const success = host !== undefined && succeeds(fleet.exitCode(alone));
    yield end(task, success, host === undefined ? "" : `${host.host}: ${host.outcome}\n`);
  }
}

/** Nx knows success and failure only: all as wanted, and done but a reboot is needed, are success (DESIGN §7). */
const succeeds = (code: number): boolean => code === 0 || code === 7;
