import assert from "node:assert/strict";
import { existsSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { tmpfiles } from "@croft/linux";
import { wanted } from "../testing.ts";
import { ask, freePort, stepsOf, testingHost, web } from "./testing.ts";

const activated = { result: "activated", message: "" };

test("a host is made from nothing, and its service answers", async (t) => {
  const { root, ports, deploy } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  const first = await deploy(wanted({ "/etc/web/motd": "hay\n" }, [web(port, "one")]));
  assert.deepEqual(first.activation, activated);
  assert.deepEqual(stepsOf(first), [
    "create /etc/web/motd: is not there yet",
    "create /etc/systemd/system/web.service: is not there yet",
    "start web.service: is new",
  ]);
  assert.equal(await readFile(join(root, "etc/web/motd"), "utf8"), "hay\n");
  assert.equal(await ask(port), "one");

  await t.test("deploying the same again has no steps", async () => {
    assert.deepEqual(stepsOf(await deploy(wanted({ "/etc/web/motd": "hay\n" }, [web(port, "one")]))), []);
  });
  await t.test("a changed program restarts its service", async () => {
    assert.deepEqual(stepsOf(await deploy(wanted({ "/etc/web/motd": "hay\n" }, [web(port, "two")]))), [
      "restart web.service: its program changed",
    ]);
    assert.equal(await ask(port), "two");
  });
  await t.test("a file that the service does not read restarts nothing", async () => {
    const more = await deploy(wanted({ "/etc/web/motd": "hay\n", "/etc/other": "1" }, [web(port, "two")]));
    assert.deepEqual(stepsOf(more), ["create /etc/other: is not there yet"]);
  });
  await t.test("what is no longer wanted goes, with the folders that were made for it", async () => {
    ports.length = 0;
    await deploy(wanted({}));
    assert.equal(existsSync(join(root, "etc")), false);
    await assert.rejects(ask(port));
  });
  await t.test("five generations stay", async () => {
    for (const text of ["1", "2", "3", "4"]) await deploy(wanted({ "/etc/motd": text }));
    const kept = await readdir(join(root, "var/lib/croft/generations"));
    assert.deepEqual(kept.toSorted(), ["4", "5", "6", "7", "8"]);
    assert.equal(readlinkSync(join(root, "var/lib/croft/current")), "generations/8");
  });
});

test("names that a shell would read are only names", async (t) => {
  const { root, deploy } = await testingHost(t);
  const paths = ["/etc/a b/$(touch pwned)", "/etc/-rf", "/etc/it's\\n", "/etc/`id`;#", "/etc/*"];
  const first = await deploy(wanted(Object.fromEntries(paths.map((path) => [path, path]))));
  assert.deepEqual(first.activation, activated);
  for (const path of paths) assert.equal(readFileSync(join(root, path), "utf8"), path);
  assert.deepEqual(
    stepsOf(await deploy(wanted({}))),
    paths.map((path) => `remove ${path}: is no longer wanted`),
  );
  assert.equal(existsSync(join(root, "etc")), false);
});

test("only what the device lacks travels, and what was damaged there is sent again", async (t) => {
  const { root, deploy } = await testingHost(t);
  await deploy(wanted({ "/etc/a": "1", "/etc/b": "2" }));
  const second = await deploy(wanted({ "/etc/a": "1", "/etc/b": "3" }));
  assert.deepEqual(second.plan.reused, [["files/etc/a", "1/files/etc/a"]]);
  await writeFile(join(root, "var/lib/croft/current/files/etc/a"), "damaged");
  assert.deepEqual((await deploy(wanted({ "/etc/a": "1", "/etc/b": "4" }))).activation, activated);
  assert.equal(readFileSync(join(root, "etc/a"), "utf8"), "1");
});

test("a foreign file is found before anything is touched", async (t) => {
  const { root, deploy } = await testingHost(t);
  await mkdir(join(root, "etc"), { recursive: true });
  await writeFile(join(root, "etc/motd"), "theirs");
  await assert.rejects(deploy(wanted({ "/etc/a": "1", "/etc/motd": "ours" })), {
    code: "in-the-way",
    message: [
      "`/etc/motd` is in the way: Croft does not own it",
      "  at /etc/motd on host `barn`",
      '  hint: move it away, or set `replace: true` at `linux.files["/etc/motd"]`: the original is kept and comes back later',
    ].join("\n"),
  });
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "theirs");
  assert.equal(existsSync(join(root, "var/lib/croft")), false);

  await t.test("told to, it takes the file over, and gives the original back", async () => {
    const entries = { "/etc/motd": { replace: true, method: "copy", mode: "0600" } } as const;
    assert.deepEqual((await deploy(wanted({ "/etc/motd": "ours" }, [], { entries }))).activation, activated);
    assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "ours");
    assert.equal(statSync(join(root, "etc/motd")).mode & 0o777, 0o600);
    await deploy(wanted({}));
    assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "theirs");
  });
});

test("a file that appears after the look is in the way as well", async (t) => {
  const { root, deploy } = await testingHost(t);
  await deploy(wanted({}));
  // The switch itself finds it, as it would find what a package brought: a directory cannot be made either.
  await mkdir(join(root, "etc"), { recursive: true });
  await writeFile(join(root, "etc/web"), "a file where a folder is needed");
  const { activation } = await deploy(
    wanted({ "/etc/web/a": "1" }, [], { entries: { "/etc/web/a": { method: "copy" } } }),
  );
  assert.equal(activation?.result, "failed");
  assert.equal(readFileSync(join(root, "etc/web"), "utf8"), "a file where a folder is needed");
});

test("a service that does not stay up is rolled back, and the old one answers", async (t) => {
  const { root, ports, deploy } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  const good = wanted({ "/etc/web/motd": "one" }, [web(port, "one")]);
  await deploy(good);
  const bad = { name: "web", program: 'console.log("no bread"); process.exit(3);\n' };
  const { activation } = await deploy(wanted({ "/etc/web/motd": "two", "/etc/new": "" }, [bad]));
  assert.deepEqual(activation, {
    result: "rolled-back",
    message: "unit `web.service` did not stay up\n  | no bread",
  });
  assert.equal(await ask(port), "one");
  assert.equal(readFileSync(join(root, "etc/web/motd"), "utf8"), "one");
  assert.equal(existsSync(join(root, "etc/new")), false);
  assert.deepEqual(stepsOf(await deploy(good)), []);
});

test("a deploy that nobody confirms is undone by the device", async (t) => {
  process.env["CROFT_CONFIRM"] = "1";
  t.after(() => delete process.env["CROFT_CONFIRM"]);
  const { root, clone, deploy } = await testingHost(t);
  await deploy(wanted({ "/etc/motd": "one" }));
  const { embeddedDevice } = await import("./embedded.ts");
  const { planDebian } = await import("../plan.ts");
  const { until } = await import("../testing.ts");
  const two = wanted({ "/etc/motd": "two" });
  const device = await embeddedDevice({ root: clone, host: "barn", wanted: two, ports: [] });
  const plan = planDebian(await device.observe(), two);
  await device.stage(plan);
  assert.deepEqual(await device.activate(plan), activated);
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "two");
  await until("the old state is back", () => !existsSync(join(root, "var/lib/croft/pending")));
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "one");
  assert.deepEqual(await device.confirm(plan), {
    result: "rolled-back",
    message: "nobody confirmed generation 2 over a new connection in time",
  });
});

test("an interrupted deploy is undone by the next one", async (t) => {
  const { root, deploy } = await testingHost(t);
  await deploy(wanted({ "/etc/motd": "one" }));
  const { activation } = await deploy(wanted({ "/etc/motd": "two" }));
  assert.deepEqual(activation, activated);
  // As after a power cut between the switch and its confirmation.
  await writeFile(join(root, "var/lib/croft/pending"), "2 1\n");
  const third = await deploy(wanted({ "/etc/motd": "three" }));
  assert.deepEqual(third.plan.base, 1);
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "three");
});

test("two deploys of one host do not interleave", async (t) => {
  const { root, deploy } = await testingHost(t);
  await deploy(wanted({}));
  const { start } = await import("@croft/process");
  const { until } = await import("../testing.ts");
  await writeFile(join(root, "var/lib/croft/pending"), "9 9\n");
  const lock = join(root, "var/lib/croft/lock");
  const held = join(dirname(lock), "held");
  const { pid } = await start(["flock", lock, "sh", "-c", 'touch "$1"; exec sleep 60', "sh", held], {
    detached: true,
  });
  await until("the lock is held", () => existsSync(held));
  await assert.rejects(deploy(wanted({ "/etc/motd": "two" })), {
    message: "host `barn` is being deployed to by somebody else\n  hint: wait for its end, and deploy again",
  });
  process.kill(-pid);
});

test("directories are made as tmpfiles.d writes them, whatever their names are", async (t) => {
  const { root, deploy } = await testingHost(t);
  const made = tmpfiles({
    directories: { '/srv/a "b" 100%\\c': { owner: "root", group: "root", mode: "0750" } },
  });
  assert.deepEqual((await deploy(wanted({}, [], { directories: made }))).activation, activated);
  assert.equal(statSync(join(root, 'srv/a "b" 100%\\c')).mode & 0o777, 0o750);
});
