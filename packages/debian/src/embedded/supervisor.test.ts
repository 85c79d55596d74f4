import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { until, wanted } from "../testing.ts";
import { serviceProcesses } from "./orphans.ts";
import { lives, type ProcessIdentity } from "./process-identity.ts";
import { ask, freePort, mainPid, stepsOf, testingHost, web } from "./testing.ts";

const supervisor = (run: string): ProcessIdentity => {
  const [pid = "", started = ""] = readFileSync(join(run, "supervisor"), "utf8").trim().split(" ");
  return { pid: Number(pid), started };
};
const service = (run: string): ProcessIdentity => {
  const [found = { pid: 0, started: "" }] = serviceProcesses(run);
  return found;
};

test("a service that dies is started again", async (t) => {
  const { run, ports, deploy } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  await deploy(wanted({}, [web(port, "one", { directives: ["Restart=on-failure"] })]));
  const pid = await mainPid(run, "web.service");
  process.kill(pid, "SIGKILL");
  await until(
    "another process serves",
    async () => (await mainPid(run, "web.service").catch(() => pid)) !== pid,
  );
  await until("it answers", () =>
    ask(port).then(
      () => true,
      () => false,
    ),
  );
  assert.match(readFileSync(join(run, "units/web.service"), "utf8"), /^NRestarts=1$/m);
});

test("a killed supervisor is noticed, and its services are taken over", async (t) => {
  const { run, ports, deploy } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  const one = wanted({}, [web(port, "one")]);
  await deploy(one);
  const [orphan, killed] = [service(run), supervisor(run)];
  process.kill(killed.pid, "SIGKILL");
  await until("the supervisor is gone", () => !lives(killed));
  assert.equal(await ask(port), "one");
  assert.deepEqual(stepsOf(await deploy(one)), ["start web.service: is not running (inactive)"]);
  assert.equal(lives(orphan), false);
  assert.equal(await ask(port), "one");
  assert.deepEqual(stepsOf(await deploy(one)), []);
});

test("stopping ends everything and wipes the memory; the next deploy starts again", async (t) => {
  const { run, ports, deploy, stop } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  const one = wanted({}, [web(port, "one")]);
  await deploy(one);
  assert.equal(statSync(run).mode & 0o777, 0o700);
  const running = [service(run), supervisor(run)];
  assert.equal(await stop(), true);
  await until("service and supervisor have ended", () => !running.some(lives), 2);
  assert.equal(existsSync(run), false);
  await deploy(one);
  assert.equal(await ask(port), "one");
});

test("a program finds its folders and its environment, and nothing of ours", async (t) => {
  const { root, deploy } = await testingHost(t);
  process.env["CROFT_TEST_LEAK"] = "leak";
  t.after(() => delete process.env["CROFT_TEST_LEAK"]);
  const program = `import { writeFileSync } from "node:fs";
writeFileSync(process.env.STATE_DIRECTORY + "/env", JSON.stringify(process.env));
setInterval(() => {}, 1000);\n`;
  const directives = [
    "StateDirectory=app",
    "ConfigurationDirectory=app",
    'Environment="GREETING=a \\"b\\" 100%%" PORT=1',
  ];
  await deploy(wanted({ "/etc/app/a": "1" }, [{ name: "app", program, directives }]));
  const file = join(root, "var/lib/app/env");
  await until("the program has written", () => existsSync(file));
  const { PATH: _, ...env } = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(env, {
    LANG: "C.UTF-8",
    STATE_DIRECTORY: join(root, "var/lib/app"),
    CONFIGURATION_DIRECTORY: join(root, "etc/app"),
    GREETING: 'a "b" 100%',
    PORT: "1",
  });
});

test("a host whose folder is removed while it runs is made anew by the next deploy", async (t) => {
  const { clone, root, run, ports, deploy } = await testingHost(t);
  const port = await freePort();
  ports.push({ service: "web", port, protocol: "tcp" });
  await deploy(wanted({ "/etc/motd": "one" }, [web(port, "one")]));
  const before = [service(run), supervisor(run)];
  await rm(join(clone, ".croft/hosts"), { recursive: true });
  const { activation, confirmation } = await deploy(wanted({ "/etc/motd": "two" }, [web(port, "two")]));
  assert.deepEqual(activation, { result: "activated", message: "" });
  assert.deepEqual(confirmation, { result: "confirmed", message: "" });
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "two");
  assert.equal(await ask(port), "two");
  assert.equal(before.some(lives), false);
});

test("so is one that runs nothing, and what it told of its deploys is forgotten", async (t) => {
  const { clone, root, deploy } = await testingHost(t);
  await deploy(wanted({ "/etc/motd": "one" }));
  await rm(join(clone, ".croft"), { recursive: true });
  const { confirmation } = await deploy(wanted({ "/etc/motd": "two" }));
  assert.deepEqual(confirmation, { result: "confirmed", message: "" });
  assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "two");
});

test("stopping wipes the memory of a host whose folder is gone, too", async (t) => {
  const { clone, run, deploy, stop } = await testingHost(t);
  await deploy(wanted({ "/etc/motd": "one" }));
  await rm(join(clone, ".croft"), { recursive: true });
  assert.equal(existsSync(run), true);
  assert.equal(await stop(), true);
  assert.equal(existsSync(run), false);
  assert.equal(await stop(), false);
});

test("a clone that is removed takes its services with it", async (t) => {
  const { clone, run, deploy } = await testingHost(t);
  await deploy(wanted({}, [web(await freePort(), "one")]));
  const running = [service(run), supervisor(run)];
  await rm(clone, { recursive: true, force: true });
  await until("everything has ended", () => !running.some(lives));
  assert.equal(existsSync(run), false);
});
