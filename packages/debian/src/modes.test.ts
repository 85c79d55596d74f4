import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "@croft/remote/testing";
import { testingHost, web } from "./embedded/testing.ts";
import { wanted } from "./testing.ts";

/** The permissions of what a path leads to, below the root of a host. */
const modeOf = (root: string, path: string): string =>
  (statSync(join(root, path)).mode & 0o777).toString(8).padStart(4, "0");

test("a mode is tightened, and loosened again", async (t) => {
  const { root, deploy } = await testingHost(t);
  for (const mode of ["0600", "0644", "0755", "0644"]) {
    await deploy(wanted({ "/etc/a": "1" }, [], { entries: { "/etc/a": { mode } } }));
    assert.equal(modeOf(root, "etc/a"), mode);
  }
});

test("a new file does not get the mode of another one with the same content", async (t) => {
  const { root, deploy } = await testingHost(t);
  await deploy(wanted({ "/etc/b": "1" }, [], { entries: { "/etc/b": { mode: "0755" } } }));
  const { plan } = await deploy(wanted({ "/etc/c": "1" }));
  assert.deepEqual(plan.reused, [["files/etc/c", "1/files/etc/b"]]);
  assert.equal(modeOf(root, "etc/c"), "0644");
});

test("a restricted file is restricted in its generation too", async (t) => {
  const { root, deploy } = await testingHost(t);
  const entries = { "/etc/a": { mode: "0600", method: "copy" }, "/etc/b": { mode: "0640" } } as const;
  const current = "var/lib/croft/current";
  for (const more of [{}, { "/etc/c": "reuses the two" }]) {
    await deploy(wanted({ "/etc/a": "1", "/etc/b": "2", ...more }, [], { entries }));
    assert.equal(modeOf(root, "etc/a"), "0600");
    assert.equal(modeOf(root, `${current}/files/etc/a`), "0600");
    assert.equal(modeOf(root, `${current}/files/etc/b`), "0640");
    assert.equal(modeOf(root, current), "0755");
  }
});

test("a program can be read by the user that its service runs as", async (t) => {
  const { root, ports, deploy } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  await deploy(wanted({}, [web(port, "one")]));
  assert.equal(modeOf(root, "var/lib/croft/current/programs/web.mjs"), "0644");
  assert.equal(modeOf(root, "etc/systemd/system/web.service"), "0644");
});
