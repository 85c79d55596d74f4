import type { Resolved } from "./resolve.ts";
import type { Root } from "./root.ts";
import { showPlace } from "./source.ts";

/** The starts of all paths that a host sees. */
export interface Roots {
  readonly config: Root | undefined;
  readonly global: Root;
}

/**
 * Where an option or an entry, such as `config.web.port` or `global.netsrv.domain`, is written; the nearest that is
 * written above it where it is itself left to a default.
 */
export function placesOf(path: string, { config, global }: Roots): readonly string[] {
  const [scope, module = "", ...rest] = path.split(".");
  let found = (scope === "global" ? global : config)?.child(module);
  let places: readonly string[] = [];
  while (found !== undefined) {
    const written = writtenAt(found);
    if (written.length > 0) places = written;
    found = next(found, rest);
  }
  return places;
}

const writtenAt = ({ sources }: Resolved): readonly string[] =>
  sources.filter(({ follows }) => follows === undefined).map((source) => showPlace(source));

/** Names of entries may hold dots: the longest that exists is meant. Takes what it used from `rest`. */
function next(found: Resolved, rest: string[]): Resolved | undefined {
  const names = new Set(found.names());
  const length = rest.findLastIndex((_, index) => names.has(rest.slice(0, index + 1).join("."))) + 1;
  return length === 0 ? undefined : found.child(rest.splice(0, length).join("."));
}
