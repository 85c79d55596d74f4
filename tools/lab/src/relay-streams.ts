import { pipeline, type Duplex } from "node:stream";

/** Carries bytes both ways until either side ends; a failure of one side closes both. */
export function joinStreams(one: Duplex, other: Duplex): void {
  const ignore = () => undefined; // The side that is left sees a closed connection, which says it all.
  pipeline(one, other, ignore);
  pipeline(other, one, ignore);
}
