import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CroftError } from "@croft/evaluator";

/** Where one lab keeps everything, and the names that tell it from every other lab of the machine. */
export interface Place {
  readonly folder: string;
  /** Eight hexadecimal digits, from the folder's path. */
  readonly id: string;
  /** Name of the network namespace that the lab lives in. */
  readonly namespace: string;
  readonly namespaceFile: string;
  /** Below each cgroup hierarchy: all processes of the lab. */
  readonly cgroup: string;
}

/** Where the files of one host lie, and what it is called on the machine. */
export interface HostPlace {
  readonly folder: string;
  readonly record: string;
  readonly log: string;
  readonly disk: string;
  readonly diskImage: string;
  readonly root: string;
  readonly hostKey: string;
  /** Processes of the keeper and of the machine that it keeps. */
  readonly cgroup: string;
}

/** The folder that holds the base root file system and every clone's lab: `CROFT_LAB`, else one below the temporary folder. */
export function labHome(): string {
  return resolve(process.env.CROFT_LAB ?? join(tmpdir(), "croft-lab"));
}

/** The folder of this clone's own lab, or of one that it keeps apart for a purpose, such as a test. */
export function cloneLab(purpose?: string): string {
  const own = digest(resolve(import.meta.dirname, "../../.."));
  return join(labHome(), purpose === undefined ? own : `${own}-${purpose}`);
}

/** Makes a lab's folder where it is missing and derives its names; throws when somebody else could write in it. */
export function openPlace(folder: string): Place {
  makePrivateFolder(labHome());
  makePrivateFolder(folder);
  const path = realpathSync(folder);
  const id = digest(path);
  const namespace = `croft-lab-${id}`;
  return { folder: path, id, namespace, namespaceFile: `/run/netns/${namespace}`, cgroup: namespace };
}

/** Makes a folder that only this user may look into; one that others could have prepared is an error. */
export function makePrivateFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) return chmodSync(folder, 0o700);
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new CroftError("lab-folder-open", `folder \`${folder}\` could have been prepared by somebody else`, {
    hint: "set CROFT_LAB to a folder that only you can write to",
  });
}

/** The names of one host's files. */
export function hostPlace(place: Place, name: string): HostPlace {
  const folder = join(place.folder, "hosts", name);
  const disk = join(folder, "disk");
  return {
    folder,
    record: join(folder, "host.json"),
    log: join(folder, "log"),
    disk,
    diskImage: join(folder, "disk.img"),
    root: join(folder, "root"),
    hostKey: join(folder, "host-key"),
    cgroup: join(place.cgroup, name),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
