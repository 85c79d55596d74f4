import type { Asset, Options, Values } from "@croft/evaluator";
import { mountText, pathText, serviceText, socketText, targetText, timerText } from "./unit-text.ts";

/** The values of the `linux` options of one host. */
export type LinuxValues = Values<Options["linux"]>;

/** One systemd unit: its file and what starts it at boot. */
export interface Unit {
  /** With its suffix, such as `radicale.service`. */
  readonly name: string;
  readonly text: string;
  readonly wantedBy: readonly string[];
  readonly requiredBy: readonly string[];
  /** The entry of the Node software that the unit runs, to be bundled to `programs/<service>.mjs`. */
  readonly program?: Asset;
}

/** Where the bundled program of a service lies on a host. */
export const programPath = (service: string): string => `/var/lib/croft/current/programs/${service}.mjs`;

/** Every unit of a host, sorted by name. */
export function units(linux: LinuxValues): readonly Unit[] {
  const made = [
    ...entries(linux.services, "service", (values, name) => serviceText(values, programPath(name))),
    ...entries(linux.timers, "timer", timerText),
    ...entries(linux.sockets, "socket", socketText),
    ...entries(linux.paths, "path", pathText),
    ...entries(linux.mounts, "mount", mountText),
    ...entries(linux.targets, "target", targetText),
  ];
  return made.sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Installed {
  readonly wantedBy: readonly string[];
  readonly requiredBy: readonly string[];
  readonly program?: Asset | undefined;
}

function entries<V extends Installed>(
  dict: Readonly<Record<string, V>>,
  suffix: string,
  text: (values: V, name: string) => string,
): Unit[] {
  return Object.entries(dict).map(([name, values]) => {
    const { wantedBy, requiredBy } = values;
    const program = "program" in values ? values.program : undefined;
    const unit = { name: `${name}.${suffix}`, text: text(values, name), wantedBy, requiredBy };
    return program === undefined ? unit : { ...unit, program };
  });
}
