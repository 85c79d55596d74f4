/** One package of a package-lock.json, as far as completeness goes. */
export interface LockedPackage {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  os?: readonly string[] | string;
  cpu?: readonly string[] | string;
  libc?: readonly string[] | string;
  optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package-lock.json of version 3. */
export interface Lock {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
}

/** An optional dependency that some package names and the lock does not hold. */
export interface MissingPackage {
  readonly name: string;
  readonly version: string;
  readonly wantedBy: string;
}

const folder = "node_modules/";

/** The folder in which Node looks next, above `place`, or undefined at the root. */
function above(place: string): string | undefined {
  if (place === "") return undefined;
  const last = place.lastIndexOf(folder);
  return last <= 0 ? "" : place.slice(0, last - 1);
}

/** Where the package at `place` finds the dependency `name`, or undefined when the lock does not hold it. */
function find(lock: Lock, place: string, name: string): string | undefined {
  for (let at: string | undefined = place; at !== undefined; at = above(at)) {
    const candidate = `${at === "" ? "" : `${at}/`}${folder}${name}`;
    if (lock.packages[candidate] !== undefined) return candidate;
  }
  return undefined;
}

/** Every optional dependency of every package that does not stand in the lock. */
export function missingPackages(lock: Lock): MissingPackage[] {
  const missing: MissingPackage[] = [];
  for (const [wantedBy, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (find(lock, wantedBy, name) === undefined) missing.push({ name, version, wantedBy });
    }
  }
  return missing;
}

const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

/** The system that a platform package runs on, read from its name: `@nx/nx-linux-x64-musl`. */
export function systemOf(name: string): Pick<LockedPackage, "os" | "cpu" | "libc"> {
  const words = name.split(/[/-]/u);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return {
    ...(os === undefined ? {} : { os: [os] }),
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === undefined || os !== "linux" ? {} : { libc: [libc] }),
  };
}

/** The lock with an entry for every missing package, so that `npm ci` accepts it; what it had stays as it is. */
export function completeLock(lock: Lock): Lock {
  const packages: Record<string, LockedPackage> = { ...lock.packages };
  for (const { name, version, wantedBy } of missingPackages(lock)) {
    const dev = lock.packages[wantedBy]?.dev === true;
    packages[`${folder}${name}`] = { version, ...(dev ? { dev } : {}), optional: true, ...systemOf(name) };
  }
  const [root, ...others] = Object.keys(packages);
  const sorted = others.sort((a, b) => a.localeCompare(b, "en"));
  return {
    ...lock,
    packages: Object.fromEntries([root ?? "", ...sorted].map((key) => [key, packages[key] ?? {}])),
  };
}
