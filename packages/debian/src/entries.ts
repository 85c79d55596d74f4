import { CroftError } from "@croft/evaluator";
import { type LinuxValues, sysusers, tmpfiles, type Unit } from "@croft/linux";
import { type ArtifactFile, sha256 } from "@croft/plan";
import { contentOf } from "./contents.ts";
import type { Entry, FileEntry } from "./generation.ts";

/** A managed entry and, for files, the content that stands in the artifact. */
export interface Built {
  readonly entry: Entry;
  readonly file?: ArtifactFile;
}

/** The files that a host declares. */
export function declaredFiles(
  linux: Pick<LinuxValues, "files">,
  read: (file: string) => Uint8Array,
): readonly Built[] {
  return Object.entries(linux.files).map(([path, values]) => {
    checkPath(path);
    const { owner, group, mode, method, replace } = values;
    return built(
      { path, source: `files${path}`, owner, group, mode, method, replace },
      contentOf(path, values, read),
    );
  });
}

/** The unit files of a host, and the links that make systemd start them. */
export function unitFiles(units: readonly Unit[]): readonly Built[] {
  return units.flatMap(({ name, text, wantedBy, requiredBy }) => {
    const path = `${unitFolder}/${name}`;
    const links = [
      ...wantedBy.map((target) => `${unitFolder}/${target}.wants/${name}`),
      ...requiredBy.map((target) => `${unitFolder}/${target}.requires/${name}`),
    ];
    return [
      system(path, `units/${name}`, text),
      ...links.map((link): Built => ({ entry: { kind: "link", path: link, target: path } })),
    ];
  });
}

/** What makes users and directories, on each boot too. */
export function accountFiles(linux: LinuxValues): readonly Built[] {
  const users = sysusers(linux);
  const directories = tmpfiles(linux);
  return [
    ...(users === "" ? [] : [system("/etc/sysusers.d/croft.conf", "sysusers.conf", users)]),
    ...(directories === "" ? [] : [system("/etc/tmpfiles.d/croft.conf", directoriesFile, directories)]),
  ];
}

/** Where the directories of a host stand in its artifact. */
const directoriesFile = "tmpfiles.conf";

const unitFolder = "/etc/systemd/system";

/** A file that systemd reads itself: always a copy, since /var may be mounted late. */
function system(path: string, source: string, text: string): Built {
  const plain = { owner: "root", group: "root", mode: "0644", method: "copy", replace: false } as const;
  return built({ path, source, ...plain }, new TextEncoder().encode(text));
}

function built(entry: Omit<FileEntry, "kind" | "sha256">, content: Uint8Array): Built {
  return {
    entry: { kind: "file", ...entry, sha256: sha256(content) },
    file: { path: entry.source, content },
  };
}

const reserved = ["/var/lib/croft/", "/run/", "/proc/", "/sys/", "/dev/", "/tmp/"];

/** What `linux` lets pass, and a device does not. */
function checkPath(path: string): void {
  if (path.split("/").includes(".croft"))
    throw new CroftError("file-path", `file \`${path}\` lies in a \`.croft\`, which is Croft's own`);
  const where = reserved.find((folder) => path.startsWith(folder));
  if (where !== undefined)
    throw new CroftError("file-path", `file \`${path}\` lies in \`${where}\`, which no generation owns`);
}
