import type { CroftError } from "@croft/evaluator";
import { type Device, letsOthersGoOn, type Platform, type Wanted } from "@croft/plan";
import { LostConnection } from "@croft/remote";
import { buildHost, makeArtifact, platformOf } from "./build.ts";
import { embeddedHosts, stopEmbeddedHost } from "@croft/debian/embedded";
import { deployHost, planHost } from "./deploy-host.ts";
import { describeFailure } from "./failure.ts";
import { globalsOf, type HostGlobals } from "./global-values.ts";
import { whileHostLocked } from "./host-lock.ts";
import { hostNames } from "./load.ts";
import { type Fleet, openFleet } from "./open.ts";
import { inOrder, type Order, orderProblem } from "./order.ts";
import { lookOf } from "./outcome-look.ts";
import { terminalProgress } from "./progress.ts";
import { type HostReport, hostReport, type FleetReport, writeReport } from "./report.ts";
import { foreseenSecrets, hostSecrets, staleSecrets, storeKind, updateEmbeddedSecrets } from "./secrets.ts";

/** Brings hosts to the state that the repository describes; the report says what became of each. */
export async function deployHosts(root: string, names: readonly string[]): Promise<FleetReport> {
  const progress = terminalProgress(process.stderr);
  const fleet = await openFleet(root);
  const secrets = names.some((name) => storeKind(fleet.evaluation, name) === "embedded")
    ? await failureOf(updateEmbeddedSecrets(fleet))
    : undefined;
  const { order, problems } = orderOf(fleet, names);
  const hosts = await inOrder(order, (host, before: ReadonlyMap<string, HostReport>) => {
    const problem = problems.get(host);
    if (problem !== undefined)
      return Promise.resolve(hostReport(host, "failed", { message: problem.message }));
    const failed = [...before.values()].find(({ outcome }) => !letsOthersGoOn(outcome));
    if (failed !== undefined) {
      return Promise.resolve(
        hostReport(host, "not-tried", {
          message: `waits for host \`${failed.host}\`, which is ${failed.outcome}`,
        }),
      );
    }
    return reported(host, () =>
      whileHostLocked(root, host, async () => {
        const { platform, device, wanted, globals, warnings } = await openHost(fleet, host, secrets);
        const report = await deployHost({
          host,
          platform,
          device,
          wanted,
          onEvent: (event) => progress.onEvent(host, event),
        });
        return withUrls({ ...report, warnings: [...warnings, ...report.warnings] }, globals);
      }),
    );
  });
  progress.end();
  return writeReport(root, { version: 1, command: "deploy", hosts: [...hosts, ...(await leftHosts(root))] });
}

/** Reports what a deploy would do, and changes nothing. */
export async function planHosts(root: string, names: readonly string[]): Promise<FleetReport> {
  const fleet = await openFleet(root);
  const hosts = await Promise.all(
    names.map((host) =>
      reported(host, async () => {
        const { warnings, ...opened } = await openHost(fleet, host, undefined, true);
        return { ...(await planHost({ host, ...opened })), warnings };
      }),
    ),
  );
  return writeReport(root, { version: 1, command: "plan", hosts });
}

/** Reports what hosts run: as wanted, something else, or nothing. */
export async function statusHosts(root: string, names: readonly string[]): Promise<FleetReport> {
  const fleet = await openFleet(root);
  const hosts = await Promise.all(
    names.map((host) =>
      reported(host, async () => {
        const opened = await openHost(fleet, host, undefined, true);
        const report = await planHost({ host, ...opened });
        return withUrls(
          report.outcome === "unchanged" ? { ...report, outcome: "running" } : report,
          opened.globals,
        );
      }),
    ),
  );
  return writeReport(root, { version: 1, command: "status", hosts: [...hosts, ...(await leftHosts(root))] });
}

/**
 * Ends what embedded hosts run; the next deploy starts it again. Nothing is evaluated, so that a broken host can be
 * stopped too. Where all hosts are named, those that the repository has no more are stopped as well.
 */
export async function stopHosts(root: string, names: readonly string[]): Promise<FleetReport> {
  const isAll = hostNames(root).every((host) => names.includes(host));
  const left = isAll ? (await leftNames(root)).filter((host) => !names.includes(host)) : [];
  const all = [...names, ...left];
  const hosts = await Promise.all(
    all.map((host) =>
      reported(host, () =>
        whileHostLocked(root, host, async () => {
          if (await stopEmbeddedHost(root, host)) return hostReport(host, "stopped");
          return hostReport(host, "unchanged", {
            notRun: ["only embedded hosts that were deployed are stopped"],
          });
        }),
      ),
    ),
  );
  return writeReport(root, { version: 1, command: "stop", hosts });
}

/** The hosts that this workspace runs though its repository has them no more: removed, renamed or retired. */
async function leftNames(root: string): Promise<readonly string[]> {
  const known = hostNames(root);
  return (await embeddedHosts(root)).filter((host) => !known.includes(host));
}

/** Nobody would ever look at what such a host runs: it is told wherever a person looks at the fleet. */
const leftHosts = async (root: string): Promise<readonly HostReport[]> =>
  (await leftNames(root)).map((host) =>
    hostReport(host, "running", {
      warnings: [`is not in the repository any more: \`npx croft stop ${host}\` ends what it runs here`],
    }),
  );

/** The hosts that can be stopped: those of the repository, and those that it has no more and that still run here. */
export const stoppableHosts = async (root: string): Promise<readonly string[]> => [
  ...hostNames(root),
  ...(await leftNames(root)),
];

interface OpenedHost {
  readonly platform: Platform;
  readonly device: Device;
  readonly wanted: Wanted;
  readonly globals: HostGlobals;
  /** What the host's own values warn of; read before anything is touched, as it can be in error. */
  readonly warnings: readonly string[];
}

/** A host with its artifact, its secrets and its device. `lookOnly` tolerates secrets that are not made yet. */
async function openHost(
  fleet: Fleet,
  host: string,
  secretsFailure: CroftError | undefined,
  lookOnly = false,
): Promise<OpenedHost> {
  const { root, evaluation } = fleet;
  const evaluated = evaluation.host(host);
  const platform = await platformOf(evaluated);
  // What Nx restored from its cache is not trusted with a machine: it is compared with a build of now, and replaced.
  const artifact = await (lookOnly ? makeArtifact : buildHost)(fleet, host);
  const globals = globalsOf(evaluated.global, host);
  const { mounts, ports } = globals;
  if (secretsFailure !== undefined && Object.keys(mounts ?? {}).length > 0) throw secretsFailure;
  const kind = storeKind(evaluation, host);
  const find = lookOnly && kind === "embedded" ? foreseenSecrets : hostSecrets;
  const secrets = mounts === undefined ? undefined : await find(root, host, kind, mounts);
  const wanted = { artifact, secrets };
  const warnings = [...evaluated.config.warnings, ...(await staleSecrets(fleet, host, kind, mounts))];
  const device = await platform.open({ root, host, wanted, ports });
  return { platform, device, wanted, globals, warnings };
}

/** Who waits for whom, and what is wrong with that; a host with such a problem waits for nobody. */
function orderOf(
  { evaluation }: Fleet,
  names: readonly string[],
): { readonly order: Order; readonly problems: ReadonlyMap<string, CroftError> } {
  const asked = new Map(names.map((name) => [name, waitsFor(evaluation, name)]));
  const problems = new Map<string, CroftError>();
  for (const name of names) {
    const problem = orderProblem(asked, name, evaluation.names);
    if (problem !== undefined) problems.set(name, problem);
  }
  return {
    order: new Map([...asked].map(([name, waits]) => [name, problems.has(name) ? [] : waits])),
    problems,
  };
}

function waitsFor(evaluation: Fleet["evaluation"], name: string): readonly string[] {
  try {
    return evaluation.host(name).config.deploy?.after ?? [];
  } catch {
    return []; // The host's own deploy will say so.
  }
}

/** An error of one host is its outcome, and no other host's. */
async function reported(host: string, work: () => Promise<HostReport>): Promise<HostReport> {
  try {
    return await work();
  } catch (error) {
    const isUnreachable = error instanceof LostConnection && error.isUnreachable;
    // A defect of ours on one host must not end the others in the middle of their work.
    const { message } = describeFailure(error);
    return hostReport(host, isUnreachable ? "unreachable" : "failed", { message });
  }
}

const withUrls = (report: HostReport, { urls }: HostGlobals): HostReport =>
  lookOf(report.outcome).answers ? { ...report, urls } : report;

async function failureOf(work: Promise<void>): Promise<CroftError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return describeFailure(error);
  }
}
