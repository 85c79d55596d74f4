import type { Tree } from "@nx/devkit";

const path = "hosts/index.ts";

const isIdentifier = (name: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);

/** The text of hosts/index.ts for these hosts; it serves types alone, and imports nothing. */
export function hostsIndex(hosts: readonly string[]): string {
  const names = [...hosts]
    .sort()
    .map((name) => `    ${isIdentifier(name) ? name : JSON.stringify(name)}: true;\n`);
  return [
    "// Written by `nx sync`: the names of all hosts, as types. Hosts are loaded one by one, never from here.\n",
    'import type {} from "@croft/evaluator";\n\n',
    'declare module "@croft/evaluator" {\n',
    names.length === 0 ? "  interface Hosts {}\n" : `  interface Hosts {\n${names.join("")}  }\n`,
    "}\n",
  ].join("");
}

/** Brings hosts/index.ts up to date with the folders under hosts; a sync generator of Nx. */
export default function syncHostsIndex(tree: Tree): { outOfSyncMessage?: string } {
  const hosts = tree.children("hosts").filter((name) => tree.exists(`hosts/${name}/host.ts`));
  const wanted = hostsIndex(hosts);
  if (tree.read(path, "utf8") === wanted) return {};
  tree.write(path, wanted);
  return { outOfSyncMessage: `${path} does not name the hosts that there are` };
}
