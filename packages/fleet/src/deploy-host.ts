import { CroftError } from "@croft/evaluator";
import { BrokenDevice, type Device, isEmpty, type Plan, type Platform, type Wanted } from "@croft/plan";
import { LostConnection } from "@croft/remote";
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
  let facts: unknown;
  try {
    facts = await device.observe({ repair: true });
  } catch (error) {
    if (error instanceof BrokenDevice) return hostReport(host, "broken", { message: error.message });
    throw error;
  }
  const plan = platform.plan(facts, wanted);
  const more = { steps: plan.steps, notRun: plan.notRun };
  if (isEmpty(plan)) return hostReport(host, "unchanged", { notRun: plan.notRun });
  onEvent("staging");
  await device.stage(plan);
  try {
    return await switchHost(input, plan);
  } catch (error) {
    // Whatever went wrong, the device was in the middle of a switch: nobody may believe that nothing was touched.
    return hostReport(host, "broken", { ...more, message: messageOf(error) });
  }
}

async function switchHost(input: DeployInput, plan: Plan): Promise<HostReport> {
  const { host, device, onEvent } = input;
  const more = { steps: plan.steps, notRun: plan.notRun };
  onEvent("activating");
  const activation = await withPatience(input, () => device.activate(plan));
  if (activation.lost !== undefined)
    return hostReport(host, "unreachable", { ...more, message: lostMessage(host, activation.lost) });
  const { result: activated, message: reason } = activation.answer;
  if (activated !== "activated") return hostReport(host, activated, { ...more, message: reason });
  onEvent("confirming");
  const confirmation = await withPatience(input, () => device.confirm(plan));
  if (confirmation.lost !== undefined)
    return hostReport(host, "unreachable", { ...more, message: lostMessage(host, confirmation.lost) });
  const { result, message } = confirmation.answer;
  if (result === "rolled-back" || result === "broken") return hostReport(host, result, { ...more, message });
  onEvent("committing");
  const warnings = await tidy(device, plan);
  return hostReport(host, result === "needs-reboot" ? "needs-reboot" : "changed", { ...more, warnings });
}

/** What is done once the host is as wanted; a failure of it changes nothing about that, and is a warning. */
async function tidy(device: Device, plan: Plan): Promise<readonly string[]> {
  try {
    await device.commit(plan);
    return (await device.ready?.(plan)) ?? [];
  } catch (error) {
    return [messageOf(error)];
  }
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

type Answer<T> = { readonly answer: T; readonly lost?: never } | { readonly lost: CroftError };

/**
 * Asks a device again while it cannot be talked to. An activation goes on without its connection, and asking again
 * waits for its end; a device that cannot be reached anew rolls back by itself, and a later connection learns that.
 */
async function withPatience<T>(
  { patienceSeconds = 90 }: DeployInput,
  ask: () => Promise<T>,
): Promise<Answer<T>> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    try {
      return { answer: await ask() };
    } catch (error) {
      if (!isLost(error)) throw error;
      if (Date.now() > deadline) return { lost: error };
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** A new state may also have another sshd, other keys or another network: all of that is a device that is lost. */
const isLost = (error: unknown): error is LostConnection => error instanceof LostConnection;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const lostMessage = (host: string, last: CroftError): string =>
  new CroftError("host-lost", `host \`${host}\` did not answer any more after its activation began`, {
    at: [last.message.split("\n")[0] ?? ""],
    hint: "it returns to the old state by itself when nobody confirms; look with `npx croft status`",
  }).message;
