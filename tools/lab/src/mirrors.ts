import { readFileSync } from "node:fs";
import { CroftError } from "@croft/evaluator";
import { must } from "./must.ts";

/** What apt on this machine gets Debian's main packages from, one suite each. */
export interface AptSource {
  readonly url: string;
  readonly suite: string;
}

/** How apt on this machine is set up, as far as hosts of a lab must do as it does. */
export interface AptSetup {
  /** Code name of the Debian release, such as `bookworm`. */
  readonly release: string;
  readonly sources: readonly AptSource[];
  /** Lines of apt configuration that a frozen or a distant mirror needs. */
  readonly settings: readonly string[];
  readonly proxy?: string;
}

/** Reads apt's own configuration; no mirror is ever written in this repository. */
export async function readAptSetup(): Promise<AptSetup> {
  const release =
    /^VERSION_CODENAME="?(\w+)"?$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "stable";
  const format = "$(CREATED_BY)|$(ORIGIN)|$(COMPONENT)|$(RELEASE)|$(REPO_URI)";
  const sources = debianSources(release, await must(["apt-get", "indextargets", "--format", format]));
  if (!sources.some(({ suite }) => suite === release)) {
    throw new CroftError("lab-no-mirror", `apt knows no mirror of Debian \`${release}\` over http or https`, {
      hint: "apt-get update",
    });
  }
  const dump = await must(["apt-config", "dump"]);
  const settings = dump.split("\n").filter((line) => /^Acquire::Check-(Valid-Until|Date) /.test(line));
  const proxy = proxyOf(dump, process.env, sources);
  return { release, sources, settings, ...(proxy === undefined ? {} : { proxy }) };
}

/** The release itself, its updates and its security fixes, from what `apt-get indextargets` lists. */
export function debianSources(release: string, targets: string): readonly AptSource[] {
  const suites = [release, `${release}-updates`, `${release}-security`];
  return targets.split("\n").flatMap((line) => {
    const [kind, origin, component, suite = "", url = ""] = line.split("|");
    const isOurs =
      kind === "Packages" && origin === "Debian" && component === "main" && suites.includes(suite);
    return isOurs && /^https?:/.test(url) ? [{ url, suite }] : [];
  });
}

/** The proxy that apt goes through: its own setting first, then the environment, as apt does. */
export function proxyOf(
  dump: string,
  environment: Readonly<Record<string, string | undefined>>,
  sources: readonly AptSource[],
): string | undefined {
  const scheme = sources.some(({ url }) => url.startsWith("https:")) ? "https" : "http";
  const set = new RegExp(`^Acquire::${scheme}::Proxy "([^"]+)";$`, "im").exec(dump)?.[1];
  const proxy = set ?? environment[`${scheme}_proxy`];
  return proxy === undefined || proxy === "" || proxy === "DIRECT" ? undefined : proxy;
}
