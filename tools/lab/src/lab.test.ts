// On real hosts: made once for all tests below, which run in order.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { CroftError } from "@croft/evaluator";
import { run } from "@croft/process";
import { labUnavailable } from "./availability.ts";
import { type Lab, openLab } from "./lab.ts";
import { cloneLab, openPlace } from "./place.ts";
import { waitFor } from "./wait.ts";

describe("a lab", { skip: labUnavailable() ?? false, timeout: 600_000 }, () => {
  const folder = cloneLab("lab-test");
  let lab: Lab;

  before(async () => {
    await openLab(folder).clean(); // What a killed run left behind.
    lab = openLab(folder);
    await Promise.all([lab.boot("barn", "10.77.0.11"), lab.boot("mill", "10.77.0.12")]);
  });
  after(() => openLab(folder).clean());

  const output = async (name: string, ...command: string[]) => {
    const { code, stdout, stderr } = await lab.exec(name, command);
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };
  const refuses = (work: () => Promise<unknown>, message: string) =>
    assert.rejects(work, (error: unknown) => error instanceof CroftError && error.message === message);

  test("its hosts have started all that they start", async () => {
    for (const name of ["barn", "mill"]) {
      assert.equal(await output(name, "systemctl", "list-units", "--failed", "--plain", "--no-legend"), "");
      assert.equal(await output(name, "systemctl", "is-system-running"), "running");
    }
  });

  test("each host has its own name, address and machine id", async () => {
    assert.equal(await output("barn", "hostname"), "barn");
    assert.match(await output("mill", "ip", "-4", "-brief", "address", "show", "host0"), /10\.77\.0\.12\/24/);
    assert.notEqual(
      await output("barn", "cat", "/etc/machine-id"),
      await output("mill", "cat", "/etc/machine-id"),
    );
  });

  test("words reach a host as they are", async () => {
    assert.equal(await output("barn", "printf", "%s|", "a b", "$HOME", "it's"), "a b|$HOME|it's|");
  });

  test("a host shows the fingerprint that the lab promises", async () => {
    const scan = await run(lab.enterCommand(["ssh-keyscan", "-t", "ed25519", "10.77.0.11"]));
    const shown = await run(["ssh-keygen", "-l", "-f", "-"], { input: scan.stdout });
    assert.equal(shown.stdout.split(" ")[1], await lab.hostKeyFingerprint("barn"));
  });

  test("hosts reach each other, and nothing beyond", async () => {
    const connect = (address: string) => lab.exec("barn", ["bash", "-c", `: </dev/tcp/${address}`]);
    assert.equal((await connect("10.77.0.12/22")).code, 0);
    const outside = await connect("192.0.2.1/80");
    assert.match(outside.stderr, /Network is unreachable/);
    assert.equal(await output("barn", "ip", "route", "show", "default"), "");
    const routes = await run(lab.enterCommand(["ip", "-brief", "link"]));
    assert.deepEqual(
      routes.stdout
        .split("\n")
        .flatMap((line) => line.match(/^[a-z]+/g) ?? [])
        .toSorted(),
      ["lab", "lo", "vb", "vb"],
    );
  });

  test("no host can set this machine's clock", async () => {
    const bounding = /^CapBnd:\s+(\w+)$/m.exec(await output("barn", "cat", "/proc/1/status"))?.[1];
    const sysTime = 25n; // CAP_SYS_TIME in linux/capability.h
    assert.equal((BigInt(`0x${bounding}`) >> sysTime) & 1n, 0n);
  });

  test("apt installs from the mirror that this machine uses", async () => {
    await output("barn", "apt-get", "-q", "update");
    await output("barn", "apt-get", "-q", "install", "-y", "hello");
    assert.equal(await output("barn", "hello"), "Hello, world!");
  });

  test("a killed host comes back with its disk, and nothing of its memory", async () => {
    await output("barn", "sh", "-c", "echo kept >/var/kept; echo lost >/run/lost");
    await lab.kill("barn");
    assert.deepEqual(lab.list(), [
      { name: "barn", address: "10.77.0.11", running: false },
      { name: "mill", address: "10.77.0.12", running: true },
    ]);
    await lab.boot("barn", "10.77.0.11");
    assert.equal(await output("barn", "cat", "/var/kept"), "kept");
    assert.equal((await lab.exec("barn", ["cat", "/run/lost"])).code, 1);
  });

  test("a host reboots by itself", async () => {
    const bootId = async () =>
      (await lab.exec("mill", ["journalctl", "--list-boots", "--no-pager", "-q"])).stdout;
    const earlier = await bootId();
    await lab.exec("mill", ["systemctl", "reboot"]);
    const boots = (text: string) => text.trim().split("\n").length;
    await waitFor(async () => (boots(await bootId()) > boots(earlier) ? true : undefined), {
      seconds: 60,
      fact: "host `mill` did not come back",
    });
  });

  test("a host powers off and boots again", async () => {
    await lab.stop("mill");
    assert.match(readFileSync(`${lab.folder}/hosts/mill/log`, "utf8"), /--- end with 0\n$/);
    assert.equal((await lab.boot("mill", "10.77.0.12")).running, true);
  });

  test("a host without its cable cannot be reached, and runs on", async () => {
    const ssh = lab.enterCommand(["ssh", "-F", lab.sshConfig(), "-o", "ConnectTimeout=1", "mill", "true"]);
    await lab.net("mill", "down");
    assert.equal((await run(ssh)).code, 255);
    await lab.net("mill", "up");
    await waitFor(async () => ((await run(ssh)).code === 0 ? true : undefined), {
      seconds: 20,
      fact: "host `mill` was not reached again",
    });
  });

  test("a small disk runs full", async () => {
    await lab.boot("silo", "10.77.0.13", { disk: "64M" });
    const full = await lab.exec("silo", ["dd", "if=/dev/zero", "of=/var/grain", "bs=1M"]);
    assert.match(full.stderr, /No space left on device/);
    await lab.destroy("silo");
  });

  test("a host with another's name or address is refused", async () => {
    await refuses(() => lab.boot("barn", "10.77.0.11"), "host `barn` already runs\n  hint: lab stop barn");
    await refuses(
      () => lab.boot("loft", "10.77.0.12"),
      "host `mill` has address `10.77.0.12`\n  hint: lab destroy mill",
    );
    await refuses(
      () => lab.boot("loft", "192.0.2.1"),
      "address `192.0.2.1` is not in the lab's network\n  hint: take one from 10.77.0.11 to 10.77.0.250",
    );
    await refuses(() => lab.stop("loft"), "the lab has no host `loft`\n  hint: there is `barn`, `mill`");
  });

  test("cleaning leaves nothing behind", async () => {
    const place = openPlace(folder);
    const processes = await run(["pgrep", "-f", place.folder]);
    assert.equal(processes.code, 0);
    await lab.clean();
    assert.equal((await run(["pgrep", "-f", place.folder])).stdout, "");
    assert.equal(existsSync(place.folder), false);
    assert.equal(existsSync(place.namespaceFile), false);
    assert.equal(existsSync(`/sys/fs/cgroup/unified/${place.cgroup}`), false);
    assert.equal(existsSync(`/sys/fs/cgroup/${place.cgroup}`), false);
    assert.deepEqual(
      readdirSync("/run/systemd/nspawn/propagate").filter((name) => name.startsWith(place.id)),
      [],
    );
    assert.equal(readFileSync("/proc/self/mounts", "utf8").includes(place.folder), false);
  });
});
