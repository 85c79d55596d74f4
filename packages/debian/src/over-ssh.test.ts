import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { sshConnection } from "@croft/remote";
import { startSshd, whyNoSshd } from "../../remote/src/testing-sshd.ts";
import { embeddedEnvironment } from "./embedded/embedded.ts";
import { testingHost } from "./embedded/testing.ts";
import { scriptedDevice } from "./device.ts";
import { planDebian } from "./plan.ts";
import { wanted } from "./testing.ts";

const skip = (await whyNoSshd()) ?? false;

test("over ssh, a deploy with nothing to do is one connection and one command", { skip }, async (t) => {
  const { clone, root, run } = await testingHost(t);
  const sshd = await startSshd(t, embeddedEnvironment({ clone, host: "barn", root, run }));
  const knownHosts = join(sshd.folder, "known_hosts");
  const { writeFile } = await import("node:fs/promises");
  await writeFile(knownHosts, `barn ${sshd.hostKey}\n`);
  const address = { user: sshd.user, host: "127.0.0.1", port: sshd.port };
  const connection = sshConnection({ host: "barn", address, knownHosts, config: sshd.config });
  const motd = wanted({ "/etc/motd": "hay" });
  const device = scriptedDevice({ host: "barn", connection, wanted: motd });

  const plan = planDebian(await device.observe(), motd);
  await device.stage(plan);
  assert.deepEqual(await device.activate(plan), { result: "activated", message: "" });
  assert.deepEqual(await device.confirm(plan), { result: "confirmed", message: "" });
  await device.commit(plan);
  assert.equal(await readFile(join(root, "etc/motd"), "utf8"), "hay");
  assert.equal(await sshd.logins(), 4, "observe, stage, activate, confirm");

  assert.deepEqual(planDebian(await device.observe({ repair: true }), motd).steps, []);
  assert.equal(await sshd.logins(), 5);
});
