import { type Entry, type Generation, isCopy, linkTarget } from "./generation.ts";
import type { DebianPlan, FileStep, UnitStep } from "./step.ts";

/** What the device's script is told to do, one line an order, and the way back from any point of it. */
export interface Orders {
  readonly apply: string;
  readonly undo: string;
}

/** The phases of a switch; orders are carried out in this order. */
const phases = ["check-free", "own", "stop", "files", "directories", "daemon", "units", "settle"] as const;

interface Order {
  readonly phase: (typeof phases)[number];
  readonly words: readonly string[];
}

/** Pure: the orders of a plan. */
export function ordersOf(plan: DebianPlan): Orders {
  const fileSteps = plan.steps.filter((step): step is FileStep => step.kind === "file");
  const unitSteps = plan.steps.filter((step): step is UnitStep => step.kind === "unit");
  const folder = `generations/${plan.number}`;
  const oldFolder = `generations/${plan.base}`;
  const reload: readonly Order[] = fileSteps.some(({ subject }) => subject.startsWith("/etc/systemd/system/"))
    ? [{ phase: "daemon", words: ["reload-daemon"] }]
    : [];
  return {
    apply: show([
      ...ownership(plan.to, folder),
      ...fileSteps.flatMap((step) => applyFile(step, folder)),
      ...directories(plan.to, folder),
      ...reload,
      ...unitSteps.flatMap(applyUnit),
    ]),
    undo: show([
      ...fileSteps.flatMap((step) => undoFile(step, oldFolder)),
      ...reload,
      ...unitSteps.flatMap(undoUnit),
    ]),
  };
}

function applyFile({ action, subject, entry, touches }: FileStep, folder: string): Order[] {
  if (action === "remove" || action === "restore") return [file(action, subject)];
  if (entry === undefined || !touches) return [];
  const isOurs = action === "update";
  // A path that was free may be taken by a package by now; what may replace it keeps the original then too.
  const isFree: Order[] =
    entry.kind === "file" && !entry.replace && !isOurs
      ? [{ phase: "check-free", words: ["free", subject] }]
      : [];
  return [...isFree, ...(isOurs ? [] : [file("save", subject)]), put(entry, folder)];
}

function undoFile({ action, subject, old, touches }: FileStep, folder: string): Order[] {
  if (!touches) return [];
  if (old === undefined) return [file("unsave", subject)];
  return [...(action === "restore" ? [file("save", subject)] : []), put(old, folder)];
}

function applyUnit({ action, subject, unit, onlyIf }: UnitStep): Order[] {
  if (action === "stop") return [{ phase: "stop", words: ["stop", subject] }];
  // A new unit may run already, from a package; `restart` gives it our file, and starts it where it does not run.
  const verb = action === "start" ? "restart" : action === "restart" && !unit.starts ? "try-restart" : action;
  const words = onlyIf.length === 0 ? [verb, subject] : [verb, subject, onlyIf.join(" ")];
  return [{ phase: "units", words }, ...settle(unit, action)];
}

function undoUnit({ action, subject, unit, ran }: UnitStep): Order[] {
  if (action === "start") return [{ phase: "stop", words: ["stop", subject] }];
  if (action === "stop")
    return unit.starts ? [{ phase: "units", words: ["restart", subject] }, ...settle(unit, "start")] : [];
  const verb = action === "restart" && !unit.starts ? "try-restart" : action;
  return [{ phase: "units", words: [verb, subject] }, ...(ran ? settle(unit, action) : [])];
}

function settle(unit: UnitStep["unit"], action: UnitStep["action"]): Order[] {
  return unit.starts && unit.stays && action !== "reload"
    ? [{ phase: "settle", words: ["check", unit.name] }]
    : [];
}

const file = (verb: string, path: string): Order => ({ phase: "files", words: [verb, path] });

function put(entry: Entry, folder: string): Order {
  if (!isCopy(entry)) return { phase: "files", words: ["link", entry.path, linkTarget(entry)] };
  const { path, owner, group, mode, source } = entry;
  return { phase: "files", words: ["put", path, owner, group, mode, `${folder}/${source}`] };
}

/** What is read inside of the generation has its owner there; the rest of it stays root's alone, as it was staged. */
function ownership({ entries, units }: Generation, folder: string): Order[] {
  const own = (...words: readonly string[]): Order => ({ phase: "own", words: ["own", "-", ...words] });
  return [
    ...entries.flatMap((entry) => {
      if (entry.kind === "link" || entry.method === "copy") return [];
      return [own(entry.owner, entry.group, entry.mode, `${folder}/${entry.source}`)];
    }),
    ...units.flatMap(({ program }) =>
      program === undefined ? [] : [own("root", "root", "0644", `${folder}/${program.source}`)],
    ),
  ];
}

function directories(to: Generation, folder: string): Order[] {
  return to.directories.length > 0
    ? [{ phase: "directories", words: ["directories", `${folder}/tmpfiles.conf`] }]
    : [];
}

function show(orders: readonly Order[]): string {
  const sorted = phases.flatMap((phase) => orders.filter((order) => order.phase === phase));
  return sorted.map(({ words }) => `${words.join("\t")}\n`).join("");
}
