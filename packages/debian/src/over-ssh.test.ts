import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { whyNoSshd } from "@croft/remote/testing";
import { wanted } from "./testing.ts";
import { sshHost } from "./testing-ssh.ts";

const skip = (await whyNoSshd()) ?? false;

test("over ssh, a deploy is four connections, and one with nothing to do is one", { skip }, async (t) => {
  const { root, sshd, deploy } = await sshHost(t);
  const motd = wanted({ "/etc/motd": "hay" });
  assert.deepEqual(await deploy(motd), {
    activation: { result: "activated", message: "" },
    confirmation: { result: "confirmed", message: "" },
  });
  assert.equal(await readFile(join(root, "etc/motd"), "utf8"), "hay");
  assert.equal(await sshd.logins(), 4, "observe, stage, activate, confirm");
  assert.deepEqual(await deploy(motd), {});
  assert.deepEqual([await sshd.logins(), await sshd.commands()], [5, 5]);
});
