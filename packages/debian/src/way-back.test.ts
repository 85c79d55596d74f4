import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Wanted } from "@croft/plan";
import { freePort } from "@croft/remote/testing";
import { embeddedDevice } from "./embedded/embedded.ts";
import { ask, testingHost, web } from "./embedded/testing.ts";
import { planDebian } from "./plan.ts";
import { until, wanted } from "./testing.ts";

const activated = { result: "activated", message: "" };

/** A device with the plan of a deploy that has not begun. */
async function opened(clone: string, wish: Wanted) {
  const device = await embeddedDevice({ root: clone, host: "barn", wanted: wish, ports: [] });
  return { device, plan: planDebian(await device.observe(), wish) };
}

test("asking for a confirmation twice is harmless", async (t) => {
  const { clone } = await testingHost(t);
  const { device, plan } = await opened(clone, wanted({ "/etc/motd": "one" }));
  await device.stage(plan);
  assert.deepEqual(await device.activate(plan), activated);
  const confirmed = { result: "confirmed", message: "" };
  assert.deepEqual(await device.confirm(plan), confirmed);
  assert.deepEqual(await device.confirm(plan), confirmed);
});

test("the story of a state that is gone is not told of a new one", async (t) => {
  const { root, deploy } = await testingHost(t);
  await deploy(wanted({ "/etc/motd": "one" }));
  await rm(root, { recursive: true });
  const { activation } = await deploy(wanted({ "/etc/motd": "two" }));
  assert.deepEqual(activation, activated);
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "two");
});

test("a way back that fails is a broken host, until it is put right there", async (t) => {
  const { clone, root, deploy } = await testingHost(t);
  await deploy(wanted({ "/etc/motd": "one" }));
  await deploy(wanted({ "/etc/motd": "two" }));
  const three = wanted({ "/etc/motd": "three" });
  const { device, plan } = await opened(clone, three);
  await device.stage(plan);
  // As after a power cut between the switch and its confirmation, and with a way back that leads nowhere.
  const orders = join(root, "var/lib/croft/generations/2/.croft/undo");
  const sound = await readFile(orders);
  await writeFile(orders, "conjure\t/etc/motd\n");
  await writeFile(join(root, "var/lib/croft/pending"), "2 1\n");
  const wayOut = [
    "  at /var/lib/croft/pending on host `barn`",
    "  hint: put that right there, and deploy again: what was begun is undone first",
  ];
  await assert.rejects(deploy(three), {
    code: "host-broken",
    message: [
      "the deploy of generation 2 was interrupted",
      "and the way back failed:",
      "order `conjure` is not known",
      ...wayOut,
    ].join("\n"),
  });
  assert.deepEqual(await device.activate(plan), {
    result: "broken",
    message: ["an earlier deploy is neither confirmed nor undone", ...wayOut].join("\n"),
  });
  await writeFile(orders, sound);
  assert.deepEqual((await deploy(three)).activation, activated);
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "three");
});

test("an activation that hangs is ended, and undone", async (t) => {
  const { clone, root, run, ports, deploy } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  await deploy(wanted({}, [web(port, "one")]));
  const supervisor = Number(readFileSync(join(run, "supervisor"), "utf8").split(" ")[0]);
  const { device, plan } = await opened(clone, wanted({}, [web(port, "two")]));
  process.env["CROFT_LIMIT"] = "1";
  t.after(() => delete process.env["CROFT_LIMIT"]);
  await device.stage(plan);
  process.kill(supervisor, "SIGSTOP");
  try {
    const activation = device.activate(plan);
    const trouble = join(run, "deploy.2/trouble");
    await until("the way back begins", () =>
      existsSync(trouble) ? readFileSync(trouble, "utf8").startsWith("nobody confirmed") : false,
    );
    process.kill(supervisor, "SIGCONT");
    assert.deepEqual(await activation, {
      result: "rolled-back",
      message: "nobody confirmed generation 2 over a new connection in time",
    });
  } finally {
    process.kill(supervisor, "SIGCONT");
  }
  assert.equal(await ask(port), "one");
  assert.equal(existsSync(join(root, "var/lib/croft/pending")), false);
});
