import { CroftError, type GlobalValues, type HostValues } from "@croft/evaluator";
import type { Artifact } from "./artifact.ts";
import type { Plan } from "./step.ts";

/** What a host's artifact is built from; nothing else may reach it. */
export interface BuildInput {
  readonly host: string;
  /** The host's options, lazy; reading a broken one throws a `CroftError`. */
  readonly config: HostValues;
  /** The global options, lazy. */
  readonly global: GlobalValues;
  /** The bytes of a file of the repository. */
  readonly read: (file: string) => Uint8Array;
  /** The bytes of Node software, bundled into one file; the same on every machine. */
  readonly bundle: (entry: string) => Promise<Uint8Array>;
}

/** One secret for one host. It stands beside the artifact, so that a rotation builds nothing. */
export interface SecretFile {
  /** The mount's name. */
  readonly mount: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
  /** Units that restart when its plaintext changes. */
  readonly restart: readonly string[];
  /** Changes when the ciphertext does. */
  readonly revision: string;
  readonly ciphertext: Uint8Array;
}

/** What a device shall become. */
export interface Wanted {
  readonly artifact: Artifact;
  /** `undefined` leaves the device's secrets as they are: another host, which could mount one here, is broken. */
  readonly secrets: readonly SecretFile[] | undefined;
}

/** A port that a service of the host listens on. */
export interface ServicePort {
  readonly service: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

/** Where a device is found from. */
export interface OpenInput {
  /** The absolute folder of the workspace. */
  readonly root: string;
  readonly host: string;
  readonly wanted: Wanted;
  /** The ports of the host's services, as far as they are known. */
  readonly ports: readonly ServicePort[];
}

/** How an activation ended, told by the device itself. */
export interface Activation {
  /** `failed`: nothing was touched. `rolled-back`: the old state is back. `broken`: neither state could be reached. */
  readonly result: "activated" | "failed" | "rolled-back" | "broken";
  /** Why, when it is not activated. */
  readonly message: string;
}

/** What the device said to a confirmation. */
export interface Confirmation {
  /** `needs-reboot`: done, and something takes effect only after a reboot. */
  readonly result: "confirmed" | "needs-reboot" | "rolled-back" | "broken";
  readonly message: string;
}

/** An interrupted deploy that could not be undone: the device is in neither state. */
export class BrokenDevice extends CroftError {}

/**
 * The way to one machine; only a plain `observe` and `ready` leave it as it is. There is no method to roll back: a
 * device does that by itself, since whoever asked for the switch may be cut off.
 */
export interface Device<Facts = unknown, P extends Plan = Plan> {
  /**
   * One look, read-only; with `repair`, after undoing what an interrupted deploy left behind.
   *
   * @throws BrokenDevice where that fails
   */
  observe(options?: { readonly repair?: boolean }): Promise<Facts>;
  /** Brings what is missing to the device and checks it; what it runs stays as it is. */
  stage(plan: P): Promise<void>;
  /** Switches, and switches back by itself when that fails or nobody confirms. */
  activate(plan: P): Promise<Activation>;
  /** Reaches the device anew and disarms the undo timer; asking twice is harmless. */
  confirm(plan: P): Promise<Confirmation>;
  /** What can only be done once there is no way back. */
  commit(plan: P): Promise<void>;
  /** Whether its services answer where they are declared, when the platform can tell; waits for them a little. */
  ready?(plan: P): Promise<readonly string[]>;
}

/** How a kind of host is built and deployed. */
export interface Platform<Facts = unknown, P extends Plan = Plan> {
  readonly name: string;
  /** Pure: the same values and files give the same bytes. */
  build(input: BuildInput): Promise<Artifact>;
  open(input: OpenInput): Promise<Device<Facts, P>>;
  /** Pure: what has to change, and why. A device that is as wanted has no steps. */
  plan(facts: Facts, wanted: Wanted): P;
}

/** What a host file's platform carries beside its options: the way to the code that builds and deploys it. */
export interface Deployable {
  /** Loads that code, which evaluating a fleet does without. */
  implementation(): Promise<Platform>;
}

/** Says whether a host's platform can be built and deployed. */
export const isDeployable = (platform: object): platform is Deployable =>
  "implementation" in platform && typeof platform.implementation === "function";
