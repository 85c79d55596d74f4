import { CroftError } from "@croft/evaluator";
import {
  type Activation,
  type Confirmation,
  type Device,
  isEmpty,
  type Plan,
  type Platform,
  type Wanted,
} from "@croft/plan";
import { type HostReport, hostReport } from "./report.ts";

/** How far the deploy of a host has come. */
export type DeployEvent = "looking" | "staging" | "activating" | "confirming" | "committing";

/** What deploying one host needs. */
export interface DeployInput {
  readonly host: string;
  readonly platform: Platform;
  readonly device: Device;
  readonly wanted: Wanted;
  readonly onEvent: (event: DeployEvent) => void;
  /** How long a device that does not answer any more is tried again. */
  readonly patienceSeconds?: number;
}

/** The state machine of every deploy: observe, plan, stage, activate, confirm, commit. */
export async function deployHost(input: DeployInput): Promise<HostReport> {
  const { host, platform, device, wanted, onEvent } = input;
  onEvent("looking");
  const plan = platform.plan(await device.observe({ repair: true }), wanted);
  const more = { steps: plan.steps, notRun: plan.notRun };
  if (isEmpty(plan)) return hostReport(host, "unchanged", { notRun: plan.notRun });
  onEvent("staging");
  await device.stage(plan);
  onEvent("activating");
  const activation = await activateWithPatience(input, plan);
  if (activation === undefined)
    return hostReport(host, "unreachable", { ...more, message: lostMessage(host) });
  if (activation.result !== "activated")
    return hostReport(host, activation.result, { ...more, message: activation.message });
  onEvent("confirming");
  const confirmation = await confirmWithPatience(input, plan);
  if (confirmation === undefined)
    return hostReport(host, "unreachable", { ...more, message: lostMessage(host) });
  const { result, message } = confirmation;
  if (result === "rolled-back" || result === "broken") return hostReport(host, result, { ...more, message });
  onEvent("committing");
  await device.commit(plan);
  const warnings = (await device.ready?.(plan)) ?? [];
  return hostReport(host, result === "needs-reboot" ? "needs-reboot" : "changed", { ...more, warnings });
}

/** Only a look: what a deploy would do. */
export async function planHost({
  host,
  platform,
  device,
  wanted,
}: Pick<DeployInput, "host" | "platform" | "device" | "wanted">): Promise<HostReport> {
  const plan = platform.plan(await device.observe(), wanted);
  return hostReport(host, isEmpty(plan) ? "unchanged" : "planned", {
    steps: plan.steps,
    notRun: plan.notRun,
  });
}

/** An activation goes on without its connection; asking again waits for its end. */
const activateWithPatience = (input: DeployInput, plan: Plan): Promise<Activation | undefined> =>
  withPatience(input, () => input.device.activate(plan));

/** A device that cannot be reached anew rolls back by itself; a later connection learns that it did. */
const confirmWithPatience = (input: DeployInput, plan: Plan): Promise<Confirmation | undefined> =>
  withPatience(input, () => input.device.confirm(plan));

async function withPatience<T>(
  { patienceSeconds = 90 }: DeployInput,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (Date.now() > deadline) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Whether an error says that a machine does not answer. */
export const isUnreachable = (error: unknown): error is CroftError =>
  error instanceof CroftError && error.code === "host-unreachable";

const lostMessage = (host: string): string =>
  new CroftError("host-lost", `host \`${host}\` did not answer any more after its activation began`, {
    hint: "it returns to the old state by itself when nobody confirms; look with `npx croft status`",
  }).message;
