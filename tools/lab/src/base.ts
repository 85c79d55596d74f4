import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { run } from "@croft/process";
import { findInPath } from "./availability.ts";
import { withLock } from "./lock.ts";
import { type AptSetup, readAptSetup } from "./mirrors.ts";
import { must } from "./must.ts";
import { labHome, makePrivateFolder } from "./place.ts";

/** What a small Debian server has when it is handed over: systemd, sshd, the network. Nothing that Croft installs. */
const packages =
  "systemd systemd-sysv dbus libpam-systemd openssh-server ca-certificates curl iproute2 nftables procps".split(
    " ",
  );

/** Units that only cost time in a short-lived machine. */
const masked = (
  "apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service " +
  "console-getty.service systemd-timesyncd.service systemd-networkd-wait-online.service"
).split(" ");

/** Counts up when `finish` changes, so that an older base is not taken for a new one. */
const edition = 3;

/** A root file system that all hosts share below their own disk. */
export interface Base {
  readonly folder: string;
  /** Whether it had to be made just now. */
  readonly isNew: boolean;
}

/** Finds the base root file system for this machine's Debian and mirrors, or makes it (half a minute to two). */
export async function ensureBase(given?: AptSetup): Promise<Base> {
  const setup = given ?? (await readAptSetup());
  const key = createHash("sha256").update(JSON.stringify({ setup, packages, masked, edition })).digest("hex");
  const bases = join(labHome(), "base");
  const folder = join(bases, `${setup.release}-${key.slice(0, 12)}`);
  if (existsSync(folder)) return { folder, isNew: false };
  makePrivateFolder(labHome());
  makePrivateFolder(bases);
  return withLock("croft-lab-base", async () => {
    if (existsSync(folder)) return { folder, isNew: false };
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await bootstrap(unfinished, setup);
    await finish(unfinished, setup);
    await rename(unfinished, folder);
    return { folder, isNew: true };
  });
}

/** Removes all base root file systems; hosts made from them do not boot again. */
export async function removeBases(): Promise<void> {
  await withLock("croft-lab-base", () => rm(join(labHome(), "base"), { recursive: true, force: true }));
}

async function bootstrap(folder: string, { release, sources, settings, proxy }: AptSetup): Promise<void> {
  const include = `--include=${packages.join(",")}`;
  const env = proxy === undefined ? {} : { http_proxy: proxy, https_proxy: proxy };
  if (findInPath("mmdebstrap") !== undefined) {
    const leftOut = ["man", "locale", "doc"].map((kind) => `--dpkgopt=path-exclude=/usr/share/${kind}/*`);
    const aptOptions = settings.map((line) => `--aptopt=${line}`);
    const options = [
      "--mode=root",
      "--variant=minbase",
      "--dpkgopt=force-unsafe-io",
      include,
      ...aptOptions,
      ...leftOut,
    ];
    await build(["mmdebstrap", ...options, release, folder, ...sources.map(aptLine)], env);
  } else {
    const first = sources.find(({ suite }) => suite === release);
    await build(["debootstrap", "--variant=minbase", include, release, folder, first?.url ?? ""], env);
  }
}

async function build([program = "", ...args]: readonly string[], env: Record<string, string>): Promise<void> {
  const result = await run([program, ...args], { env });
  if (result.code === 0) return;
  throw new CroftError("lab-base", `\`${program}\` could not build the base root file system`, {
    at: result.stderr.trim().split("\n").slice(-5),
    hint: "see that `apt-get update` works here, then try again",
  });
}

/** Makes a bootstrapped Debian one that many hosts can share: nothing in it is one host's own. */
async function finish(folder: string, { sources, settings }: AptSetup): Promise<void> {
  const inside = (path: string) => join(folder, path);
  const keys = (await readdir(inside("etc/ssh"))).filter((file) => file.startsWith("ssh_host_"));
  for (const file of [...keys.map((key) => `etc/ssh/${key}`), "etc/hostname", "etc/resolv.conf"]) {
    await rm(inside(file), { force: true });
  }
  // With an empty /etc/machine-id systemd takes D-Bus' one over: both have to go, or all hosts are the same one.
  await rm(inside("var/lib/dbus/machine-id"), { force: true });
  await writeFile(inside("etc/machine-id"), "");
  await writeFile(inside("etc/resolv.conf"), "");
  await writeFile(inside("etc/apt/sources.list"), `${sources.map(aptLine).join("\n")}\n`);
  const brief = 'Acquire::Languages "none";'; // Nobody reads descriptions here.
  await writeFile(inside("etc/apt/apt.conf.d/90lab"), `${[...settings, brief].join("\n")}\n`);
  await rm(inside("var/lib/apt/lists"), { recursive: true, force: true });
  await mkdir(inside("var/lib/apt/lists/partial"), { recursive: true });
  await appendFile(inside("etc/default/locale"), ""); // Without it, each login logs an error.
  await mkdir(inside("var/log/journal"), { recursive: true }); // The journal outlives a kill.
  for (const unit of masked) {
    await rm(inside(`etc/systemd/system/${unit}`), { force: true });
    await symlink("/dev/null", inside(`etc/systemd/system/${unit}`));
  }
  await must(["chroot", folder, "systemctl", "--quiet", "enable", "systemd-networkd.service", "ssh.service"]);
}

function aptLine({ url, suite }: { url: string; suite: string }): string {
  return `deb ${url} ${suite} main`;
}
