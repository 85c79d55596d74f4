import type { Values } from "@croft/evaluator";
import type {
  mountOptions,
  pathOptions,
  serviceOptions,
  socketOptions,
  timerOptions,
  unitOptions,
} from "./unit-options.ts";

type Directive = string | number | boolean | readonly string[] | undefined;
type Section = Readonly<Record<string, Directive>>;
type UnitValues = Values<typeof unitOptions>;

/** The text of a service; `program` is where its bundled program lies, if it has one. */
export function serviceText(values: Values<typeof serviceOptions>, program: string): string {
  const start =
    values.program === undefined
      ? values.execStart
      : ["/usr/bin/node", program, ...values.arguments.map(quoted)].join(" ");
  return unitText(values, {
    Service: {
      Type: values.type,
      RemainAfterExit: values.remainAfterExit || undefined,
      ExecStartPre: values.execStartPre,
      ExecStart: start,
      ExecReload: values.execReload,
      Restart: values.restart,
      RestartSec: values.restartSec,
      User: values.user,
      Group: values.group,
      DynamicUser: values.dynamicUser || undefined,
      WorkingDirectory: values.workingDirectory,
      Environment: assignments(values.environment),
      StateDirectory: joined(values.stateDirectory),
      ConfigurationDirectory: joined(values.configurationDirectory),
      RuntimeDirectory: joined(values.runtimeDirectory),
      LoadCredential: sorted(values.loadCredential).map(([name, path]) => `${name}:${path}`),
      ProtectSystem: values.protectSystem,
      ...values.service,
    },
  });
}

/** The text of a timer. */
export function timerText(values: Values<typeof timerOptions>): string {
  return unitText(values, {
    Timer: {
      OnCalendar: values.onCalendar,
      OnBootSec: values.onBootSec,
      OnUnitActiveSec: values.onUnitActiveSec,
      Persistent: values.persistent || undefined,
      RandomizedDelaySec: values.randomizedDelaySec,
      ...values.timer,
    },
  });
}

/** The text of a socket. */
export function socketText(values: Values<typeof socketOptions>): string {
  const { listenStream, listenDatagram, accept } = values;
  return unitText(values, {
    Socket: {
      ListenStream: listenStream,
      ListenDatagram: listenDatagram,
      Accept: accept || undefined,
      ...values.socket,
    },
  });
}

/** The text of a path unit. */
export function pathText(values: Values<typeof pathOptions>): string {
  return unitText(values, {
    Path: { PathExists: values.pathExists, PathChanged: values.pathChanged, ...values.path },
  });
}

/** The text of a mount. */
export function mountText(values: Values<typeof mountOptions>): string {
  const options = values.options.length === 0 ? undefined : values.options.join(",");
  return unitText(values, {
    Mount: {
      What: values.what,
      Where: values.where,
      Type: values.fileSystem,
      Options: options,
      ...values.mount,
    },
  });
}

/** The text of a target. */
export function targetText(values: UnitValues): string {
  return unitText(values, {});
}

function unitText(values: UnitValues, sections: Readonly<Record<string, Section>>): string {
  const all: Readonly<Record<string, Section>> = {
    Unit: {
      Description: values.description,
      Documentation: joined(values.documentation),
      After: joined(values.after),
      Before: joined(values.before),
      Wants: joined(values.wants),
      Requires: joined(values.requires),
      BindsTo: joined(values.bindsTo),
      PartOf: joined(values.partOf),
      Conflicts: joined(values.conflicts),
      OnFailure: joined(values.onFailure),
      ...values.unit,
    },
    ...sections,
    Install: { WantedBy: joined(values.wantedBy), RequiredBy: joined(values.requiredBy) },
  };
  const texts = Object.entries(all).map(([name, section]) => sectionText(name, section));
  return `${texts.filter((text) => text !== "").join("\n\n")}\n`;
}

function sectionText(name: string, section: Section): string {
  const lines = Object.entries(section).flatMap(([directive, value]) => {
    if (value === undefined) return [];
    const list = Array.isArray(value) ? value : [value];
    return list.map((item) => `${directive}=${shown(item)}`);
  });
  return lines.length === 0 ? "" : [`[${name}]`, ...lines].join("\n");
}

/** A value on one line: a line break would start a directive of its own. */
function shown(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value).replaceAll("\n", "\\\n");
}

const joined = (names: readonly string[]): string | undefined =>
  names.length === 0 ? undefined : names.join(" ");
const sorted = <V>(record: Readonly<Record<string, V>>): [string, V][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

const assignments = (environment: Readonly<Record<string, string>>): string[] =>
  sorted(environment).map(([name, value]) => `"${name}=${escaped(value)}"`);

/** One word of a command line, quoted as systemd.syntax(7) says; `%` and `$` are literal. */
const quoted = (word: string): string => `"${escaped(word).replaceAll("$", "$$$$")}"`;
const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%").replaceAll("\n", "\\n");
