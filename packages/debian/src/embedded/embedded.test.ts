import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Activation, ServicePort, Wanted } from "@croft/plan";
import { planDebian } from "../plan.ts";
import type { DebianPlan } from "../step.ts";
import { temporaryFolder, wanted } from "../testing.ts";
import { embeddedDevice } from "./embedded.ts";
import { embeddedRoot } from "./place.ts";
import { stopEmbeddedHost } from "./stop.ts";
import { freePort } from "./testing.ts";

interface Deployed {
  readonly plan: DebianPlan;
  readonly activation?: Activation;
}

const steps = ({ steps: all }: DebianPlan): string[] => all.map(({ action, subject, reason }) => `${action} ${subject}: ${reason}`);

/** An embedded host of a clone of its own, stopped with the test. */
async function barn(t: TestContext): Promise<{ root: string; ports: ServicePort[]; deploy: (wanted: Wanted) => Promise<Deployed> }> {
  const clone = await temporaryFolder(t);
  const ports: ServicePort[] = [];
  const open = (what: Wanted) => embeddedDevice({ root: clone, host: "barn", wanted: what, ports });
  t.after(() => stopEmbeddedHost(clone, "barn"));
  return {
    root: embeddedRoot(clone, "barn"),
    ports,
    async deploy(what) {
      const device = await open(what);
      const plan = planDebian(await device.observe({ repair: true }), what);
      if (plan.steps.length === 0) return { plan };
      await device.stage(plan);
      const activation = await device.activate(plan);
      if (activation.result === "activated") {
        assert.deepEqual(await device.confirm(plan), { result: "confirmed", message: "" });
        await device.commit(plan);
        await device.ready?.(plan);
      }
      return { plan, activation };
    },
  };
}

const server = (port: number, says: string) => ({
  name: "web",
  program: `import { createServer } from "node:http";
createServer((_, reply) => reply.end(${JSON.stringify(says)})).listen(${port}, "127.0.0.1");\n`,
});
const says = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}`)).text();

test("a host is made from nothing, and its service answers", async (t) => {
  const { root, ports, deploy } = await barn(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  const { plan, activation } = await deploy(wanted({ "/etc/web/motd": "hay\n" }, [server(port, "one")]));
  assert.deepEqual(activation, { result: "activated", message: "" });
  assert.deepEqual(steps(plan), [
    "create /etc/systemd/system/web.service: is not there yet",
    "create /etc/web/motd: is not there yet",
    "start web.service: is new",
  ]);
  assert.equal(await readFile(join(root, "etc/web/motd"), "utf8"), "hay\n");
  assert.equal(await says(port), "one");
});
