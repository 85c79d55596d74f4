// A host behind a real sshd on loopback, for tests and benchmarks alone.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Activation, Confirmation, Device, Wanted } from "@croft/plan";
import { type Connection, sshConnection } from "@croft/remote";
import { startSshd, type TestingSshd } from "@croft/remote/testing";
import { scriptedDevice } from "./device.ts";
import { embeddedEnvironment } from "./embedded/embedded.ts";
import { type Lifetime, testingHost } from "./embedded/testing.ts";
import type { Facts } from "./facts.ts";
import { planDebian } from "./plan.ts";
import type { DebianPlan } from "./step.ts";

/** A host that is deployed to over ssh: the folder of an embedded one stands for its disk. */
export interface SshHost {
  readonly root: string;
  readonly sshd: TestingSshd;
  readonly connection: Connection;
  device(wanted: Wanted): Device<Facts, DebianPlan>;
  deploy(wanted: Wanted): Promise<{ readonly activation?: Activation; readonly confirmation?: Confirmation }>;
}

/** Starts such a host; it ends with `t`. */
export async function sshHost(t: Lifetime): Promise<SshHost> {
  const { clone, root, run } = await testingHost(t);
  const sshd = await startSshd(t, embeddedEnvironment({ clone, host: "barn", root, run }));
  const knownHosts = join(sshd.folder, "known_hosts");
  await writeFile(knownHosts, `barn ${sshd.hostKey}\n`);
  const address = { user: sshd.user, host: "127.0.0.1", port: sshd.port };
  const connection = sshConnection({ host: "barn", address, knownHosts, config: sshd.config });
  const device = (wanted: Wanted): Device<Facts, DebianPlan> =>
    scriptedDevice({ host: "barn", connection, wanted });
  return {
    root,
    sshd,
    connection,
    device,
    async deploy(wanted) {
      const opened = device(wanted);
      const plan = planDebian(await opened.observe({ repair: true }), wanted);
      if (plan.steps.length === 0) return {};
      await opened.stage(plan);
      const activation = await opened.activate(plan);
      const confirmation = await opened.confirm(plan);
      await opened.commit(plan);
      return { activation, confirmation };
    },
  };
}
