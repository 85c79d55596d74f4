import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { cgroupRoots } from "./cgroup.ts";

/** Programs that the lab runs, and the Debian packages that bring them. */
const programs = {
  "systemd-nspawn": "systemd-container",
  ip: "iproute2",
  nsenter: "util-linux",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
  "mkfs.ext4": "e2fsprogs",
};

/**
 * Says in one sentence why no lab can run on this machine, or nothing when one can.
 * With `CROFT_LAB_REQUIRED=1` the reason is thrown, so that tests fail where they would be skipped.
 */
export function labUnavailable(): string | undefined {
  const reason = missing();
  if (reason === undefined || process.env.CROFT_LAB_REQUIRED !== "1") return reason;
  throw new CroftError("lab-unavailable", reason, {
    hint: "unset CROFT_LAB_REQUIRED to skip what needs the lab",
  });
}

function missing(): string | undefined {
  if (process.platform !== "linux" || !isDebian()) return "the lab needs Debian";
  if (process.getuid?.() !== 0) return "the lab needs root";
  for (const [program, from] of Object.entries(programs)) {
    if (findInPath(program) === undefined)
      return `the lab needs \`${program}\` in PATH: apt-get install ${from}`;
  }
  if (findInPath("mmdebstrap") === undefined && findInPath("debootstrap") === undefined) {
    return "the lab needs `mmdebstrap` or `debootstrap`: apt-get install mmdebstrap";
  }
  if (!cgroupRoots().every((root) => isAccessible(root, constants.W_OK)))
    return "the lab needs writable cgroups";
  return undefined;
}

function isDebian(): boolean {
  try {
    return /^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** The file that a program's name stands for in `PATH`. */
export function findInPath(program: string): string | undefined {
  const files = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, program));
  return files.find((file) => isAccessible(file, constants.X_OK));
}

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
