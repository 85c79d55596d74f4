import { CroftError, type Values } from "@croft/evaluator";
import type { serviceOptions } from "./service-options.ts";

/** The values of one entry of `netsrv.services`. */
export type ServiceValues = Values<typeof serviceOptions>;

/** Two ports that cannot both be listened on. */
export interface Collision {
  /** Stands for the pair in the list of assertions. */
  readonly name: string;
  readonly protocol: string;
  readonly number: number;
  /** `service.port` of each, the one of the asked host first. */
  readonly ports: readonly [Listener, Listener];
}

interface Listener {
  readonly service: string;
  readonly port: string;
  readonly host: string;
}

/**
 * The ports of `host` that another port of the fleet takes: same address, protocol and number. A port whose number
 * is in error is left out: the host that defines it fails by itself, and others need not fail with it.
 */
export function collisionsOf(
  services: Readonly<Record<string, ServiceValues>>,
  host: string,
): readonly Collision[] {
  const names = Object.keys(services).sort();
  const heard = names.flatMap((service) => listeners(services, service));
  return heard.flatMap((mine, index) => {
    if (mine.host !== host) return [];
    // A pair on one host is reported once; a pair on two hosts once on each.
    const others = heard.filter(
      (other, place) => other.place === mine.place && (other.host === host ? place > index : true),
    );
    return others
      .filter((other) => other !== mine)
      .map((other) => ({
        name: `${mine.service}.${mine.port} and ${other.service}.${other.port}`,
        protocol: mine.protocol,
        number: mine.number,
        ports: [mine, other] as const,
      }));
  });
}

interface Heard extends Listener {
  readonly place: string;
  readonly protocol: string;
  readonly number: number;
}

function listeners(services: Readonly<Record<string, ServiceValues>>, service: string): readonly Heard[] {
  return readable(() => {
    const values = services[service];
    if (values === undefined) return [];
    const { host, address, ports } = values;
    return Object.keys(ports)
      .sort()
      .flatMap((port) =>
        readable(() => {
          const entry = ports[port];
          if (entry === undefined) return [];
          const { protocol, port: number } = entry;
          return [{ service, port, host, protocol, number, place: `${address} ${protocol} ${number}` }];
        }),
      );
  });
}

function readable(read: () => readonly Heard[]): readonly Heard[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof CroftError) return [];
    throw error;
  }
}
