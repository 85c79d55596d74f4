import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { run } from "@croft/process";
import { must } from "./must.ts";
import type { HostPlace } from "./place.ts";
import { waitFor } from "./wait.ts";

// A host's root is an overlay: the base below, which all hosts share and none can change, and the host's own disk
// above, made in no time. The disk is a folder, or a small ext4 image that can run full.

/** Makes an image of `size` (as truncate takes it, such as `200M`) to be the host's disk. */
export async function makeSmallDisk(host: HostPlace, size: string): Promise<void> {
  await must(["truncate", `--size=${size}`, host.diskImage]);
  await must(["mkfs.ext4", "-q", "-m", "0", host.diskImage]);
}

/** Puts a host's root together where it is not. */
export async function mountRoot(host: HostPlace, base: string): Promise<void> {
  for (const folder of [host.disk, host.root]) await mkdir(folder, { recursive: true });
  if (existsSync(host.diskImage) && !(await isMounted(host.disk))) {
    await must(["mount", "-o", "loop", host.diskImage, host.disk]);
  }
  const [upper, work] = [`${host.disk}/upper`, `${host.disk}/work`];
  for (const folder of [upper, work]) await mkdir(folder, { recursive: true });
  if (await isMounted(host.root)) return;
  const layers = `lowerdir=${base},upperdir=${upper},workdir=${work}`;
  await must(["mount", "-t", "overlay", "croft-lab", "-o", layers, host.root]);
}

/**
 * Changes a file in a host's root, if `change` changes anything. Links in the path are followed as the host would
 * follow them: they lead nowhere in this machine's own files.
 */
export async function editInside(
  host: HostPlace,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  const before = await run(["chroot", host.root, "cat", path]);
  const text = change(before.stdout);
  if (text !== before.stdout) await must(["chroot", host.root, "tee", path], { input: text });
}

/** Takes a host's root apart; its disk stays. */
export async function unmountRoot(host: HostPlace): Promise<void> {
  for (const folder of [host.root, host.disk]) await unmount(folder);
}

/** Removes a host's folder with its disk, which must not be mounted any more. */
export async function removeDisk(host: HostPlace): Promise<void> {
  await unmountRoot(host);
  await rm(host.folder, { recursive: true, force: true });
}

async function unmount(folder: string): Promise<void> {
  const attempt = async () => {
    if (await isMounted(folder)) await run(["umount", folder]);
    return (await isMounted(folder)) ? undefined : true;
  };
  // The kernel keeps a mount busy for a moment after the last process in a host's mount namespace ended.
  const fact = `\`${folder}\` could not be unmounted`;
  await waitFor(attempt, { seconds: 20, fact, hint: `see what uses it: fuser -vm ${folder}` });
}

async function isMounted(folder: string): Promise<boolean> {
  const mounts = await readFile("/proc/self/mounts", "utf8");
  return mounts.split("\n").some((line) => line.split(" ")[1] === folder.replaceAll(" ", "\\040"));
}
