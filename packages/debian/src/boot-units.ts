import type { Unit } from "@croft/linux";

/** The unit that puts a host's secrets into memory, before the services that read them. */
export const secretsUnitName = "croft-secrets.service";

/** The unit that undoes an interrupted deploy at boot; a deploy itself never starts it. */
export const recoverUnitName = "croft-recover.service";

/**
 * The units by which a host comes back whole after a boot: undo what was interrupted, then open the secrets. Both run
 * before ordinary services, which start after `basic.target`; so `recover` must not wait for any of those.
 */
export const bootUnits: readonly Unit[] = [
  unit(recoverUnitName, "recover", {
    Unit: [
      "Description=Undo a deploy that was interrupted",
      "ConditionPathExists=/var/lib/croft/pending",
      `Before=${secretsUnitName}`,
    ],
    Service: ["Environment=CROFT_BOOT=1"],
  }),
  unit(secretsUnitName, "secrets", {
    Unit: ["Description=Open the secrets of this host"],
    Service: ["RemainAfterExit=yes"],
  }),
];

function unit(
  name: string,
  verb: string,
  more: { readonly Unit: readonly string[]; readonly Service: readonly string[] },
): Unit {
  const text = [
    "[Unit]",
    ...more.Unit,
    "DefaultDependencies=no",
    "RequiresMountsFor=/var/lib/croft",
    "After=local-fs.target systemd-sysusers.service",
    "Before=basic.target shutdown.target",
    "Conflicts=shutdown.target",
    "",
    "[Service]",
    "Type=oneshot",
    ...more.Service,
    `ExecStart=/bin/sh /var/lib/croft/croft.sh ${verb}`,
    "",
    "[Install]",
    "WantedBy=basic.target",
    "",
  ].join("\n");
  return { name, text, wantedBy: ["basic.target"], requiredBy: [] };
}
