// An embedded host of a clone of its own, for tests and benchmarks alone.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
export { freePort } from "@croft/remote/testing";
import type { Activation, Confirmation, ServicePort, Wanted } from "@croft/plan";
import { planDebian } from "../plan.ts";
import type { DebianPlan } from "../step.ts";
import type { ServiceFixture } from "../testing.ts";
import { embeddedDevice } from "./embedded.ts";
import { embeddedRoot } from "./place.ts";
import { runtimeBase, runtimeFolder } from "./runtime-folder.ts";
import { stopEmbeddedHost } from "./stop.ts";

/** What a test has, and whoever else wants a host for a while: a way to say what is done at the end. */
export interface Lifetime {
  after(end: () => Promise<void>): void;
}

/** What one deploy did. */
export interface Deployed {
  readonly plan: DebianPlan;
  readonly activation?: Activation;
  readonly confirmation?: Confirmation;
}

/** A host of a test, stopped with it. */
export interface TestingHost {
  readonly clone: string;
  /** What stands for `/`. */
  readonly root: string;
  /** What stands for `/run/croft`. */
  readonly run: string;
  /** The ports of its services; a test adds to them. */
  readonly ports: ServicePort[];
  deploy(wanted: Wanted): Promise<Deployed>;
  stop(): Promise<boolean>;
}

/** An embedded host named barn, in a clone that goes with the test. */
export async function testingHost(t: Lifetime): Promise<TestingHost> {
  // A started unit needs to be watched for a moment only, where all machines are as quick as this one.
  process.env["CROFT_SETTLE"] = "6";
  const folder = await mkdtemp(join(tmpdir(), "croft debian "));
  const clone = join(folder, "clone");
  const ports: ServicePort[] = [];
  t.after(async () => {
    await stopEmbeddedHost(clone, "barn");
    await rm(folder, { recursive: true, force: true });
  });
  return {
    clone,
    ports,
    root: embeddedRoot(clone, "barn"),
    run: runtimeFolder(await runtimeBase(), clone, "barn"),
    stop: () => stopEmbeddedHost(clone, "barn"),
    async deploy(wanted) {
      const device = await embeddedDevice({ root: clone, host: "barn", wanted, ports });
      const plan = planDebian(await device.observe({ repair: true }), wanted);
      if (plan.steps.length === 0) return { plan };
      await device.stage(plan);
      const activation = await device.activate(plan);
      if (activation.result !== "activated") return { plan, activation };
      const confirmation = await device.confirm(plan);
      await device.commit(plan);
      await device.ready?.(plan);
      return { plan, activation, confirmation };
    },
  };
}

/** The steps of a plan, one line each. */
export const stepsOf = ({ plan }: Deployed): string[] =>
  plan.steps.map(({ action, subject, reason }) => `${action} ${subject}: ${reason}`);

/** A web server that always says the same. */
export const web = (port: number, says: string, more: Partial<ServiceFixture> = {}): ServiceFixture => ({
  name: "web",
  program: `import { createServer } from "node:http";
createServer((_, reply) => reply.end(${JSON.stringify(says)})).listen(${port}, "127.0.0.1");\n`,
  ...more,
});

/** What a web server of this machine says. */
export const ask = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}`)).text();

/** The process id of a service, as its supervisor notes it. */
export async function mainPid(run: string, unit: string): Promise<number> {
  const text = await readFile(join(run, "units", unit), "utf8");
  return Number(/^MainPID=(\d+)$/m.exec(text)?.[1] ?? 0);
}
