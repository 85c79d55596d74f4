import type { Unit } from "@croft/linux";
import type { MountEntry } from "./generation.ts";

/** The unit that puts a host's secrets into memory, before the services that read them. */
export const secretsUnitName = "croft-secrets.service";

/** The units by which a host comes back whole after a boot: undo what was interrupted, then open the secrets. */
export function bootUnits(mounts: readonly MountEntry[], readers: readonly string[]): readonly Unit[] {
  const recover = unit("croft-recover.service", {
    description: "Undo a deploy that was interrupted",
    lines: ["ConditionPathExists=/var/lib/croft/pending", `Before=${secretsUnitName} multi-user.target`],
    verb: "recover",
  });
  if (mounts.length === 0) return [recover];
  const before = [...new Set([...readers, ...mounts.flatMap(({ restart }) => restart)])].toSorted();
  const secrets = unit(secretsUnitName, {
    description: "Open this host's secrets",
    lines: before.length === 0 ? [] : [`Before=${before.join(" ")}`],
    verb: "secrets",
  });
  return [recover, secrets];
}

interface BootUnit {
  readonly description: string;
  readonly lines: readonly string[];
  readonly verb: string;
}

function unit(name: string, { description, lines, verb }: BootUnit): Unit {
  const text = [
    "[Unit]",
    `Description=${description}`,
    ...lines,
    "",
    "[Service]",
    "Type=oneshot",
    ...(verb === "secrets" ? ["RemainAfterExit=yes"] : []),
    `ExecStart=/bin/sh /var/lib/croft/croft.sh ${verb}`,
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
  return { name, text, wantedBy: ["multi-user.target"], requiredBy: [] };
}
