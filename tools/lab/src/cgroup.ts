import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "./wait.ts";

// Every process that a lab starts is started inside a cgroup of that lab. So what is listed here, and nothing
// else, is the lab's: no process id is kept in a file, and none can be mistaken after it was given away again.

/** Where cgroups are made: the two hierarchies that systemd uses on a hybrid machine, else the only one. */
export function cgroupRoots(): readonly string[] {
  const hybrid = ["/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"];
  return existsSync("/sys/fs/cgroup/unified")
    ? hybrid.filter((root) => existsSync(root))
    : ["/sys/fs/cgroup"];
}

/** The command that moves itself into a cgroup, made if it is missing, and then becomes `command`. */
export function inCgroup(cgroup: string, command: readonly string[]): readonly [string, ...string[]] {
  const folders = cgroupRoots().map((root) => join(root, cgroup));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  const script =
    'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs" || exit 1; shift; done; shift; exec "$@"';
  return ["sh", "-c", script, "sh", ...folders, "--", ...command];
}

/** Process ids in a cgroup and all below it. */
export function processesIn(cgroup: string): readonly number[] {
  const folders = cgroupRoots().flatMap((root) => foldersBelow(join(root, cgroup)));
  return [...new Set(folders.flatMap(readProcesses))];
}

/** Kills all processes in a cgroup and waits until they are gone. */
export async function killCgroup(cgroup: string): Promise<void> {
  await waitFor(
    () => {
      const processes = processesIn(cgroup);
      for (const pid of processes) kill(pid);
      return processes.length === 0 ? true : undefined;
    },
    { seconds: 20, fact: `processes in cgroup \`${cgroup}\` did not end` },
  );
}

/** Removes an empty cgroup with all below it. */
export async function removeCgroup(cgroup: string): Promise<void> {
  // The kernel frees a cgroup a moment after its last process was seen to end.
  await waitFor(() => cgroupRoots().every((root) => removeFolders(join(root, cgroup))) || undefined, {
    seconds: 10,
    fact: `cgroup \`${cgroup}\` could not be removed`,
  });
}

function removeFolders(folder: string): boolean {
  try {
    for (const child of foldersBelow(folder).toReversed()) rmdirSync(child);
  } catch {
    return !existsSync(folder);
  }
  return true;
}

/** A folder and all folders in it, parents first; none when it does not exist. */
function foldersBelow(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return [
      folder,
      ...entries.filter((e) => e.isDirectory()).flatMap((e) => foldersBelow(join(folder, e.name))),
    ];
  } catch {
    return [];
  }
}

function readProcesses(folder: string): readonly number[] {
  try {
    const lines = readFileSync(join(folder, "cgroup.procs"), "utf8").split("\n");
    return lines.filter((line) => line !== "" && line !== "0").map(Number);
  } catch {
    return []; // Removed while we looked.
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
