import type { Finding } from "./probe.ts";
import type { Watched } from "./watcher.ts";

/** What `GET /api/status` says of one target; times are ISO 8601. */
export interface Status {
  readonly service: string;
  readonly title: string;
  readonly host: string;
  readonly port: string;
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly number: number;
  readonly url?: string;
  readonly state: State;
  readonly detail: string;
  readonly since?: string;
  readonly checked?: string;
  readonly milliseconds?: number;
}

/** What is known of a target; `unknown` until the first look at it is over. */
export type State = Finding["state"] | "unknown";

/** The state of a target. */
export function stateOf({ finding }: Watched): State {
  return finding?.state ?? "unknown";
}

/** A target and what is known of it, as plain data. */
export function statusOf(watched: Watched): Status {
  const { service, title, host, port, protocol, address, number, url } = watched.target;
  const { finding, since, checked } = watched;
  return {
    service,
    title,
    host,
    port,
    protocol,
    address,
    number,
    ...(url !== undefined && { url }),
    state: stateOf(watched),
    detail: finding?.detail ?? "not looked at yet",
    ...(since !== undefined && { since: since.toISOString() }),
    ...(checked !== undefined && { checked: checked.toISOString() }),
    ...(finding?.milliseconds !== undefined && { milliseconds: finding.milliseconds }),
  };
}
