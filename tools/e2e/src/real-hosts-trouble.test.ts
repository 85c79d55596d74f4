// What can be wrong with a machine: a clear outcome, the way out, and the machine as it was.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { labUnavailable } from "@croft/lab";
import type { Clone, Ended } from "./clone.ts";
import { eventually } from "./eventually.ts";
import { processesOf } from "./processes.ts";
import { type Farm, openFarm } from "./farm.ts";
import { bell, brook, meadow, silo } from "./farm-hosts.ts";
import { outcomesOf } from "./report.ts";

const addresses = { meadow: "10.77.0.21", brook: "10.77.0.22", silo: "10.77.0.23" };
type Name = keyof typeof addresses;

describe("a real host in trouble", { skip: labUnavailable() ?? false, timeout: 600_000 }, () => {
  let farm: Farm;
  let clone: Clone;
  before(async () => {
    farm = await openFarm("e2e-trouble", addresses, { disk: { silo: "400M" } });
    clone = farm.clone;
    const files = { meadow: meadow("c sharp"), brook, silo: silo(1) };
    for (const [name, address] of Object.entries(addresses)) await farm.add(name, address);
    for (const [name, file] of Object.entries(files)) clone.write(`hosts/${name}/host.ts`, file);
    clone.write("hosts/meadow/bell.pl", bell);
    const secrets = await clone.nx("secrets");
    assert.equal(secrets.code, 0, secrets.text);
    const first = await deploys("meadow", "brook", "silo");
    assert.equal(first.code, 0, first.text);
    await clone.commit();
  });
  after(() => farm[Symbol.asyncDispose]());

  const deploys = (...names: Name[]): Promise<Ended> => clone.nx(`run-many -t deploy -p ${names.join(",")}`);
  const ring = (): Promise<string> => farm.on("meadow", "bash", "-c", "cat </dev/tcp/127.0.0.1/7009");
  const generation = (host: Name): Promise<string> => farm.on(host, "readlink", "/var/lib/croft/current");
  const slow = `, execStartPre: ["/usr/bin/sleep 3"]`;
  const switching = (): Promise<true> =>
    eventually("the switch has begun", async () => {
      const { code } = await farm.lab.exec("meadow", ["test", "-e", "/var/lib/croft/pending"]);
      return code === 0 || undefined;
    });
  const says = ({ text }: Ended, ...lines: string[]): void =>
    assert.ok(text.includes(`\n${lines.join("\n")}\n`), text);

  test("a service that dies of its change is rolled back, and the old one answers", async () => {
    assert.equal(await ring(), "c sharp");
    const was = await generation("meadow");
    clone.write("hosts/meadow/host.ts", meadow("cracked"));
    const ended = await deploys("meadow");
    assert.equal(ended.code, 1);
    assert.deepEqual(outcomesOf(clone.folder), { meadow: "rolled-back" }, ended.text);
    assert.match(ended.text, /^meadow +rolled back$/mu);
    assert.match(
      ended.text,
      /^meadow: unit `bell\.service` did not (?:start|stay up)\n(?: {2}\|.*\n)* {2}\| the bell is cracked$/mu,
    );
    assert.equal(await ring(), "c sharp");
    assert.equal(await generation("meadow"), was);
    assert.equal(await farm.on("meadow", "cat", "/etc/bell/tone"), "c sharp");
    assert.equal((await clone.croft("deploy meadow")).code, 5);
    clone.write("hosts/meadow/host.ts", meadow("c sharp"));
    const again = await deploys("meadow");
    assert.equal(again.code, 0, again.text);
    assert.deepEqual(outcomesOf(clone.folder), { meadow: "unchanged" });
  });

  test("a file in the way that Croft does not own stops the deploy, and stays", async () => {
    await farm.on("meadow", "sh", "-c", "echo mine >/etc/bell/clapper");
    const clapper = (more: string) => ({ file: ` "/etc/bell/clapper": { text: "iron\\n"${more} },` });
    clone.write("hosts/meadow/host.ts", meadow("d flat", clapper("")));
    const ended = await deploys("meadow");
    assert.equal(ended.code, 1);
    assert.deepEqual(outcomesOf(clone.folder), { meadow: "failed" });
    says(
      ended,
      "meadow: `/etc/bell/clapper` is in the way: Croft does not own it",
      "  at /etc/bell/clapper on host `meadow`",
      '  hint: move it away, or set `replace: true` at `linux.files["/etc/bell/clapper"]`: the original is kept and comes back later',
    );
    assert.equal(await farm.on("meadow", "cat", "/etc/bell/clapper"), "mine");
    assert.equal(await ring(), "c sharp");
    clone.write("hosts/meadow/host.ts", meadow("d flat", clapper(", replace: true")));
    const taken = await deploys("meadow");
    assert.equal(taken.code, 0, taken.text);
    assert.equal(await farm.on("meadow", "cat", "/etc/bell/clapper"), "iron");
    assert.equal(await ring(), "d flat");
    clone.write("hosts/meadow/host.ts", meadow("d flat"));
    const back = await deploys("meadow");
    assert.equal(back.code, 0, back.text);
    assert.equal(await farm.on("meadow", "cat", "/etc/bell/clapper"), "mine");
  });

  test("a service that takes the place of the machine's sshd is rolled back, and sshd runs as it did", async () => {
    const ssh = `}).config({ linux: { services: { ssh: { execStart: "/bin/false" } } } }).global({`;
    clone.write("hosts/brook/host.ts", brook.replace("}).global({", ssh));
    const ended = await deploys("brook");
    assert.equal(ended.code, 1);
    assert.deepEqual(outcomesOf(clone.folder), { brook: "rolled-back" }, ended.text);
    assert.equal((await farm.on("brook", "systemctl", "is-active", "ssh.service")).trim(), "active");
    assert.equal(
      (await farm.on("brook", "systemctl", "show", "-P", "FragmentPath", "ssh.service")).trim(),
      "/lib/systemd/system/ssh.service",
    );
    clone.write("hosts/brook/host.ts", brook);
    const again = await deploys("brook");
    assert.equal(again.code, 0, again.text);
    assert.deepEqual(outcomesOf(clone.folder), { brook: "unchanged" });
  });

  test("a host that does not answer is unreachable, and the others are deployed", async () => {
    await farm.lab.net("brook", "down");
    clone.write("hosts/meadow/host.ts", meadow("e minor"));
    const ended = await deploys("meadow", "brook").finally(() => farm.lab.net("brook", "up"));
    assert.equal(ended.code, 1);
    assert.deepEqual(outcomesOf(clone.folder), { brook: "unreachable", meadow: "changed" });
    assert.match(
      ended.text,
      /^brook: host `brook` cannot be reached: .*\n {2}at root@10\.77\.0\.22\n {2}hint: is it on\? try `ssh root@10\.77\.0\.22`$/mu,
    );
    assert.equal(await ring(), "e minor");
  });

  test("a machine that was killed while it switched comes back in its old state, and the next deploy finishes", async () => {
    clone.write("hosts/meadow/host.ts", meadow("f major", { service: slow }));
    const deploying = deploys("meadow");
    await switching();
    await farm.lab.kill("meadow");
    await farm.lab.boot("meadow", addresses.meadow);
    const ended = await deploying;
    assert.equal(ended.code, 1, ended.text);
    assert.deepEqual(outcomesOf(clone.folder), { meadow: "rolled-back" }, ended.text);
    assert.equal(await eventually("the bell rings", () => ring().catch(() => undefined)), "e minor");
    const again = await deploys("meadow");
    assert.equal(again.code, 0, again.text);
    assert.equal(await ring(), "f major");
  });

  test("a deploy that is killed is noticed by the next one, which waits for nobody and finishes", async () => {
    clone.write("hosts/meadow/host.ts", meadow("g minor", { service: slow }));
    const deploying = clone.croft("deploy meadow");
    await switching();
    for (const { pid } of processesOf(clone.folder)) process.kill(pid, "SIGKILL");
    await deploying;
    const busy = await clone.croft("deploy meadow");
    assert.equal(busy.code, 1);
    says(
      busy,
      "meadow: host `meadow` is being deployed to by somebody else",
      "  hint: wait for its end, and deploy again",
    );
    await eventually("the next deploy is let in", async () => {
      const again = await clone.croft("deploy meadow");
      return again.code === 0 || undefined;
    });
    assert.equal(await ring(), "g minor");
    assert.deepEqual(outcomesOf(clone.folder), { meadow: "changed" });
  });

  test("a machine that is cut off while it switches goes back by itself, and the deploy learns that", async () => {
    const was = await generation("meadow");
    const tone = await ring();
    clone.write("hosts/meadow/host.ts", meadow("a flat", { service: slow }));
    // Nobody can look while it is cut off: the machine itself pulls its cable, and mends it once it is back.
    const script = [
      `card=$(ip -o addr show to ${addresses.meadow} | cut -d " " -f 2)`,
      "until [ -e /var/lib/croft/pending ]; do sleep 0.1; done",
      'ip link set "$card" down && echo cut >/run/cut',
      "timeout 80 sh -c 'while [ -e /var/lib/croft/pending ]; do sleep 0.1; done'",
      'ip link set "$card" up',
    ].join("\n");
    await farm.lab.exec("meadow", ["sh", "-c", "cat >/run/cut.sh"], { input: script });
    await farm.on("meadow", "systemd-run", "--quiet", "sh", "/run/cut.sh");
    const ended = await clone.croft("deploy meadow");
    assert.equal(await generation("meadow"), was);
    assert.equal(await ring(), tone);
    assert.equal(await farm.on("meadow", "cat", "/run/cut"), "cut");
    assert.equal(ended.code, 5, ended.text);
    assert.deepEqual(outcomesOf(clone.folder), { meadow: "rolled-back" });
    assert.match(ended.text, /^meadow: nobody confirmed generation \d+ over a new connection in time$/mu);
  });

  test("a disk that is full stops the deploy with everything as it was", async () => {
    const was = await generation("silo");
    await farm.lab.exec("silo", ["sh", "-c", "dd if=/dev/zero of=/var/rats bs=1M 2>/dev/null; sync"]);
    clone.write("hosts/silo/host.ts", silo(3));
    const ended = await deploys("silo");
    assert.equal(ended.code, 1);
    assert.deepEqual(outcomesOf(clone.folder), { silo: "failed" });
    assert.match(ended.text, /^silo: host `silo` has no room for a new generation: \d+ KiB are free$/mu);
    assert.ok(
      ended.text.includes(
        "\n  at /var/lib/croft on host `silo`\n  hint: free some room there; nothing was changed\n",
      ),
      ended.text,
    );
    assert.equal(await generation("silo"), was);
    assert.equal(await farm.on("silo", "sh", "-c", "wc -c </srv/grain"), String(6 * 170_000));
    await farm.on("silo", "rm", "/var/rats");
    const again = await deploys("silo");
    assert.equal(again.code, 0, again.text);
    assert.equal(await farm.on("silo", "sh", "-c", "wc -c </srv/grain"), String(3 * 6 * 170_000));
  });

  test("a machine with another host key is refused until it is rekeyed, and gets the secret that it had", async () => {
    const spring = () => farm.on("brook", "sha256sum", "/run/croft/secrets/brook/spring");
    const had = await spring();
    await farm.lab.destroy("brook");
    await farm.lab.boot("brook", addresses.brook);
    const refused = await deploys("brook");
    assert.equal(refused.code, 1);
    assert.deepEqual(outcomesOf(clone.folder), { brook: "failed" });
    says(
      refused,
      "brook: host `brook` shows another host key than the pinned one",
      "  at root@10.77.0.22, pinned in secrets/known_hosts",
      "  hint: if the machine was installed anew, check its fingerprint there and run `npx croft host rekey brook`; otherwise somebody stands between",
    );
    const rekey = await clone.croft(
      `host rekey brook --fingerprint ${await farm.lab.hostKeyFingerprint("brook")}`,
    );
    assert.equal(rekey.code, 0, rekey.text);
    const stale = await deploys("brook");
    assert.equal(stale.code, 1);
    says(
      stale,
      "brook: secret `brook/spring` is not encrypted to host `brook`",
      "  at secrets/values/brook/spring.age",
      "  hint: `npx nx secrets` brings it up to date",
    );
    const secrets = await clone.nx("secrets");
    assert.equal(secrets.code, 0, secrets.text);
    const again = await deploys("brook");
    assert.equal(again.code, 0, again.text);
    assert.equal(await spring(), had);
  });
});
