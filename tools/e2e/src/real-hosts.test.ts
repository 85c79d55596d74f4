// Two Debian machines with systemd, reachable over ssh alone. The tests below run in order.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { labUnavailable } from "@croft/lab";
import { scanForSecrets } from "@croft/secrets";
import type { Clone } from "./clone.ts";
import { eventually } from "./eventually.ts";
import { type Farm, noteVisits, openFarm, visitsTo } from "./farm.ts";
import { cellar, label, pantry } from "./farm-hosts.ts";
import { outcomesOf } from "./report.ts";
import { differencesSince, snapshotOf } from "./snapshot.ts";

const deploy = "run-many -t deploy -p pantry,cellar";

describe("two real hosts", { skip: labUnavailable() ?? false, timeout: 600_000 }, () => {
  let farm: Farm;
  let clone: Clone;
  let motd: string;
  before(async () => {
    farm = await openFarm("e2e", { pantry: "10.77.0.11", cellar: "10.77.0.12" });
    clone = farm.clone;
    await Promise.all([noteVisits(farm, "pantry"), noteVisits(farm, "cellar")]);
  });
  after(() => farm[Symbol.asyncDispose]());

  const deploys = async (): Promise<Readonly<Record<string, string>>> => {
    const { code, text } = await clone.nx(deploy);
    assert.equal(code, 0, text);
    return outcomesOf(clone.folder);
  };
  const secret = async (name: string): Promise<string> => {
    const { code, stdout, stderr } = await clone.croft(`secrets show ${name}`);
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };
  /** What Radicale on `pantry` answers to curl on `cellar`, which is told the password on its standard input. */
  const asksCalendar = async (user: string, password: string): Promise<string> => {
    const question = ["-X", "PROPFIND", "-H", "Depth: 0", `http://10.77.0.11:5232/${user}/`];
    const curl = ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-K", "-", ...question];
    const { code, stdout, stderr } = await farm.lab.exec("cellar", curl, {
      input: `user = "${user}:${password}"\n`,
    });
    assert.equal(code, 0, stderr);
    return stdout;
  };

  test("a host key with another fingerprint is refused, and nothing is written", async () => {
    const { code, text } = await clone.croft("host add pantry root@10.77.0.11 --fingerprint SHA256:another");
    assert.equal(code, 1);
    const shown = await farm.lab.hostKeyFingerprint("pantry");
    assert.equal(
      text,
      [
        "`root@10.77.0.11` shows another host key than the one you named",
        "  at named: SHA256:another",
        `  at shown: ${shown}`,
        "  hint: run `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the machine itself\n",
      ].join("\n"),
    );
    assert.equal(await clone.status(), "");
  });

  test("both are added, with their keys pinned and age installed", async () => {
    motd = await farm.on("cellar", "cat", "/etc/motd");
    await farm.add("pantry", "10.77.0.11");
    await farm.add("cellar", "10.77.0.12");
    const changes = (await clone.status()).trimEnd().split("\n");
    assert.deepEqual(changes, [
      " M hosts/index.ts",
      "?? hosts/cellar/",
      "?? hosts/pantry/",
      "?? secrets/known_hosts",
      "?? secrets/recipients/",
    ]);
    assert.match(await farm.on("pantry", "age", "--version"), /\d/u);
    clone.write("hosts/pantry/host.ts", pantry);
    clone.write("hosts/cellar/host.ts", cellar);
    clone.write("hosts/cellar/label.hbs", label);
  });

  test("a host whose secrets are not made yet is refused, and the other is deployed", async () => {
    const { code, text } = await clone.nx(deploy);
    assert.equal(code, 1);
    assert.deepEqual(outcomesOf(clone.folder), { cellar: "changed", pantry: "failed" });
    const message = [
      "pantry: secret `radicale/htpasswd` has no value yet",
      "  at secrets/values/radicale/htpasswd.age",
      "  hint: `npx nx secrets` makes it",
    ].join("\n");
    assert.ok(text.includes(`\n${message}\n`), text);
  });

  test("secrets are made once: a second run writes nothing", async () => {
    const first = await clone.sh("npx nx secrets");
    assert.equal(first.code, 0, first.text);
    const was = snapshotOf(clone);
    const second = await clone.nx("secrets");
    assert.equal(second.code, 0, second.text);
    assert.deepEqual(differencesSince(was, clone), []);
  });

  test("without the owner's identity, and with another one, secrets are refused and nothing is written", async () => {
    const was = snapshotOf(clone);
    const empty = `${clone.home}/nobody`;
    const missing = await clone.nx("secrets", { env: { XDG_CONFIG_HOME: empty } });
    assert.equal(missing.code, 1);
    const missingMessage = [
      "the owner's identity was not found",
      "  at secrets/recipients/owners.txt (the store has an owner already, so no new identity is made)",
      `  hint: put it into \`${empty}/croft/identity.txt\`, or set \`CROFT_IDENTITY\` to its file, or to \`-\` for standard input`,
    ].join("\n");
    assert.ok(missing.text.includes(missingMessage), missing.text);
    const key = await clone.sh(`ssh-keygen -q -t ed25519 -N '' -f ${clone.home}/another`);
    assert.equal(key.code, 0, key.text);
    const wrong = await clone.nx("secrets", { env: { CROFT_IDENTITY: `${clone.home}/another` } });
    assert.equal(wrong.code, 1);
    const wrongMessage = [
      `the identity in \`${clone.home}/another\` is not an owner of this store`,
      "  at secrets/recipients/owners.txt",
      "  hint: set `CROFT_IDENTITY` to the file that holds an owner's identity",
    ].join("\n");
    assert.ok(wrong.text.includes(wrongMessage), wrong.text);
    assert.deepEqual(differencesSince(was, clone), []);
  });

  test("the owner's identity may come over standard input", async () => {
    const was = snapshotOf(clone);
    const input = readFileSync(`${clone.home}/.config/croft/identity.txt`, "utf8");
    const env = { CROFT_IDENTITY: "-", XDG_CONFIG_HOME: `${clone.home}/nobody` };
    const croft = await clone.croft("secrets", { env, input });
    assert.equal(croft.code, 0, croft.text);
    const nx = await clone.nx("secrets", { env, input });
    assert.equal(nx.code, 0, nx.text);
    assert.deepEqual(differencesSince(was, clone), []);
  });

  test("both become what their files say", async () => {
    assert.deepEqual(await deploys(), { cellar: "unchanged", pantry: "changed" });
    assert.equal(await farm.on("pantry", "systemctl", "is-active", "radicale"), "active");
  });

  test("a calendar opens from the other host with the right password, and not with a wrong one", async () => {
    const password = await secret("radicale/passwords/alice");
    await eventually(
      "radicale listens",
      async () =>
        (await farm.lab.exec("cellar", ["sh", "-c", "curl -s http://10.77.0.11:5232/ >/dev/null"])).code ===
          0 || undefined,
    );
    assert.equal(await asksCalendar("alice", password), "207");
    assert.equal(await asksCalendar("bob", await secret("radicale/passwords/bob")), "207");
    assert.equal(await asksCalendar("alice", `${password}x`), "401");
    assert.equal(await asksCalendar("bob", password), "401");
  });

  test("files, users, directories and every kind of unit are there", async () => {
    const { on } = farm;
    assert.equal(await on("cellar", "cat", "/etc/cellar/barrels"), "twelve");
    assert.equal(await on("cellar", "cat", "/etc/cellar/label"), "cider, pressed for alice & bob");
    assert.equal(
      await on("cellar", "stat", "-c", "%F %a %U %G", "/etc/cellar/recipe"),
      "regular file 640 root coopers",
    );
    assert.match(await on("cellar", "readlink", "/etc/cellar/barrels"), /^\/var\/lib\/croft\/current\//u);
    assert.equal(
      await on("cellar", "id", "cooper"),
      "uid=911(cooper) gid=911(cooper) groups=911(cooper),912(coopers)",
    );
    assert.equal(await on("cellar", "stat", "-c", "%a %U %G", "/srv/barrels"), "2750 cooper coopers");
    for (const unit of [
      "tap.service",
      "count.timer",
      "echo.socket",
      "arrivals.path",
      "srv-cask.mount",
      "harvest.target",
    ]) {
      assert.equal(await on("cellar", "systemctl", "is-active", unit), "active", unit);
    }
    assert.equal(await on("cellar", "findmnt", "-no", "FSTYPE", "/srv/cask"), "tmpfs");
    assert.equal(
      await on("cellar", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7007; echo hello >&3; head -1 <&3"),
      "hello",
    );
    await on("cellar", "touch", "/srv/barrels/one");
    const counted = () => farm.lab.exec("cellar", ["cat", "/var/lib/count/log"]);
    await eventually("the path unit counts the barrels", async () =>
      (await counted()).stdout.includes("cooper counts 1") ? true : undefined,
    );
    assert.equal(await on("cellar", "systemctl", "--failed", "--plain", "--no-legend"), "");
  });

  test("again, at once: unchanged, for one login and one command a host", async () => {
    const before = await Promise.all(["pantry", "cellar"].map((host) => visitsTo(farm, host)));
    assert.deepEqual(await deploys(), { cellar: "unchanged", pantry: "unchanged" });
    const after = await Promise.all(["pantry", "cellar"].map((host) => visitsTo(farm, host)));
    // The second of these looks is a visit as well.
    for (const [index, { logins, commands }] of before.entries()) {
      assert.deepEqual(after[index], { logins: logins + 2, commands: commands + 2 });
    }
  });

  test("an option of one host changes that host alone, and whoever deploys it needs no identity", async () => {
    clone.edit("hosts/pantry/host.ts", "radicale: {", "radicale: { maxContentLength: 5_000_000,");
    const { code, text } = await clone.nx(deploy, { env: { XDG_CONFIG_HOME: `${clone.home}/nobody` } });
    assert.equal(code, 0, text);
    assert.deepEqual(outcomesOf(clone.folder), { cellar: "unchanged", pantry: "changed" });
    assert.match(await farm.on("pantry", "cat", "/etc/radicale/config"), /^max_content_length = 5000000$/mu);
    assert.equal(await asksCalendar("alice", await secret("radicale/passwords/alice")), "207");
  });

  test("no password lies in the clone, in its caches, in the user's home, or on a disk of a host", async () => {
    const names = ["radicale/passwords/alice", "radicale/passwords/bob", "radicale/htpasswd"];
    const secrets = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await secret(name)])),
    );
    const folders = [".croft", ".nx", ".git", "dist", "hosts", "secrets"].map(
      (name) => `${clone.folder}/${name}`,
    );
    assert.deepEqual(await scanForSecrets(secrets, [...folders, clone.home]), []);
    const words = Object.values(secrets).flatMap((text) =>
      String(text)
        .split("\n")
        .map((line) => line.split(":").at(-1) ?? line),
    );
    const input = words.map((word) => `${word}\n`).join("");
    const search = (...places: string[]) => ["grep", "-rlaF", "-f", "-", ...places] as const;
    for (const host of ["pantry", "cellar"]) {
      const disk = search("/etc", "/home", "/opt", "/root", "/srv", "/tmp", "/usr/local", "/var");
      assert.equal((await farm.lab.exec(host, disk, { input })).stdout, "", host);
    }
    const memory = await farm.lab.exec("pantry", search("/run/croft"), { input });
    assert.match(memory.stdout, /^\/run\/croft\/secrets[^\n]*\/radicale\/htpasswd$/mu);
    assert.equal(await farm.on("pantry", "findmnt", "-no", "FSTYPE", "-T", "/run/croft"), "tmpfs");
  });

  test("after kill -9 of a host and a boot, services and secrets are back", async () => {
    await farm.lab.kill("pantry");
    await farm.lab.boot("pantry", "10.77.0.11");
    await eventually("the calendar opens", async () => {
      const answer = await asksCalendar("alice", await secret("radicale/passwords/alice")).catch(() => "");
      return answer === "207" ? true : undefined;
    });
    assert.deepEqual(await deploys(), { cellar: "unchanged", pantry: "unchanged" });
  });

  test("what is taken out of a host's file goes, and what was there before comes back", async () => {
    assert.equal(await farm.on("cellar", "cat", "/etc/motd"), "Mind your head.");
    clone.write(
      "hosts/cellar/host.ts",
      cellar.replace(/ {4}files: \{.*?\n {4}\},\n/su, "").replace(/ {4}sockets: \{.*?\n {4}\},\n/su, ""),
    );
    const { code, text } = await clone.nx(deploy);
    assert.equal(code, 0, text);
    assert.deepEqual(outcomesOf(clone.folder), { cellar: "changed", pantry: "unchanged" });
    assert.equal((await farm.lab.exec("cellar", ["test", "-e", "/etc/cellar"])).code, 1);
    assert.equal(
      (await farm.lab.exec("cellar", ["systemctl", "is-active", "echo.socket"])).stdout.trim(),
      "inactive",
    );
    assert.equal(await farm.on("cellar", "cat", "/etc/motd"), motd);
  });

  test("a host that is retired leaves the repository, and the machine is left alone", async () => {
    const { code, text } = await clone.croft("host retire cellar");
    assert.equal(code, 0, text);
    const changes = await clone.status();
    assert.doesNotMatch(changes, /cellar/u);
    assert.doesNotMatch(clone.read("hosts/index.ts") + clone.read("secrets/known_hosts"), /cellar/u);
    assert.equal(await farm.on("cellar", "systemctl", "is-active", "tap"), "active");
    assert.equal((await clone.nx("run-many -t deploy -p pantry")).code, 0);
  });
});
