const isIdentifier = (name: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);

/** The text of hosts/index.ts for these hosts; it serves types alone, and imports nothing. */
export function hostsIndex(hosts: readonly string[]): string {
  const names = [...hosts]
    .sort()
    .map((name) => `    ${isIdentifier(name) ? name : JSON.stringify(name)}: true;\n`);
  return [
    "// Written by `nx sync`: the names of all hosts, as types. Hosts are loaded one by one, never from here.\n",
    'declare module "@croft/evaluator" {\n',
    names.length === 0 ? "  interface Hosts {}\n" : `  interface Hosts {\n${names.join("")}  }\n`,
    "}\n\nexport {};\n",
  ].join("");
}
