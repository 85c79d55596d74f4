import type { Facts } from "./facts.ts";
import { embedded, type Generation, type UnitEntry } from "./generation.ts";
import type { SecretChanges } from "./plan-secrets.ts";
import type { UnitStep } from "./step.ts";

/** Whether the host can run the unit: an embedded one runs only our own Node software, from its start. */
export const canRun = (generation: Generation, unit: UnitEntry): boolean =>
  generation.address !== embedded || (unit.program !== undefined && unit.starts);

/** What has to stop, restart, reload or start; in that order it is done. */
export function planUnits(
  facts: Facts,
  from: Generation | undefined,
  to: Generation,
  secrets: SecretChanges,
): readonly UnitStep[] {
  const old = new Map(
    from?.units.filter((unit) => from !== undefined && canRun(from, unit)).map((unit) => [unit.name, unit]),
  );
  const wanted = to.units.filter((unit) => canRun(to, unit));
  const names = new Set(wanted.map(({ name }) => name));
  return [
    ...[...old.values()]
      .filter(({ name }) => !names.has(name))
      .map((unit) => step("stop", unit, "is no longer wanted", facts)),
    ...wanted.flatMap((unit) => planUnit(unit, old.get(unit.name), { facts, from, to, secrets })),
  ];
}

interface Around {
  readonly facts: Facts;
  readonly from: Generation | undefined;
  readonly to: Generation;
  readonly secrets: SecretChanges;
}

function planUnit(unit: UnitEntry, old: UnitEntry | undefined, around: Around): UnitStep[] {
  const { facts, secrets } = around;
  if (old === undefined) return unit.starts ? [step("start", unit, "is new", facts)] : [];
  const state = facts.notRunning[unit.name];
  if (unit.starts && state !== undefined) return [step("start", unit, `is not running (${state})`, facts)];
  // What is only triggered reads its files anew when it is triggered next.
  if (!unit.starts && !unit.stays) return [];
  const own = ownReason(unit, old);
  if (own !== undefined) return [step("restart", unit, own, facts)];
  const action = unit.reloads ? "reload" : "restart";
  const file = unit.files.find((path) => contentAt(around.to, path) !== contentAt(around.from, path));
  if (file !== undefined) return [step(action, unit, `${file} changed`, facts)];
  const mounts = [...new Set([...unit.mounts, ...(secrets.restarts.get(unit.name) ?? [])])];
  const moved = mounts.find((mount) => secrets.moved.has(mount));
  if (moved !== undefined)
    return [step(action, unit, `secret \`${moved}\` has another owner or other permissions`, facts)];
  const anew = mounts.filter((mount) => secrets.anew.has(mount));
  if (anew.length === 0) return [];
  const reason = `if secret ${anew.map((mount) => `\`${mount}\``).join(" or ")} has a new content`;
  return [{ ...step(action, unit, reason, facts), onlyIf: anew }];
}

function ownReason(unit: UnitEntry, old: UnitEntry): string | undefined {
  if (unit.program?.sha256 !== old.program?.sha256) return "its program changed";
  return unit.sha256 === old.sha256 ? undefined : "its unit file changed";
}

const contentAt = (generation: Generation | undefined, path: string): string => {
  const entry = generation?.entries.find((candidate) => candidate.path === path);
  return entry?.kind === "file" ? [entry.sha256, entry.owner, entry.group, entry.mode].join(" ") : "";
};

const step = (action: UnitStep["action"], unit: UnitEntry, reason: string, facts: Facts): UnitStep => {
  const ran = action !== "start" && facts.notRunning[unit.name] === undefined;
  return { kind: "unit", action, subject: unit.name, reason, unit, ran, onlyIf: [], undone: true };
};
