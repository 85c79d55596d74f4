import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository's own file of host keys; each host's key is pinned under its name in the repository. */
export const knownHostsFile = (root: string): string => join(root, "secrets", "known_hosts");

/** Pins a host's key in a known_hosts file, in place of any that was pinned for it. */
export function pinHostKey(file: string, host: string, publicKey: string): void {
  write(file, [...others(file, host), `${host} ${publicKey}`]);
}

/** Forgets a host's key. */
export function unpinHostKey(file: string, host: string): void {
  if (existsSync(file)) write(file, others(file, host));
}

function others(file: string, host: string): readonly string[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.filter((line) => line.trim() !== "" && line.split(" ")[0] !== host);
}

function write(file: string, lines: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const staged = `${file}.new`;
  writeFileSync(
    staged,
    [...lines]
      .sort()
      .map((line) => `${line}\n`)
      .join(""),
  );
  renameSync(staged, file);
}
