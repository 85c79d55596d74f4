import type { LinuxValues } from "./units.ts";

/** The sysusers.d(5) text that makes the users and groups of a host; empty when there are none. */
export function sysusers({ users, groups }: Pick<LinuxValues, "users" | "groups">): string {
  const lines = [
    ...sorted(groups).map(([name, { gid }]) => ["g", name, gid ?? "-"].join(" ")),
    ...sorted(users).map(([name, user]) => {
      const id = user.group === undefined ? (user.uid ?? "-") : `${user.uid ?? "-"}:${user.group}`;
      const words = ["u", name, id, quoted(user.description), user.home ?? "-"];
      return [...words, ...(user.shell === undefined ? [] : [user.shell])].join(" ");
    }),
    ...sorted(users).flatMap(([name, user]) => user.groups.map((group) => ["m", name, group].join(" "))),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", " ")}"`;
const sorted = <V>(record: Readonly<Record<string, V>>): [string, V][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
