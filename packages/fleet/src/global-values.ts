import { type GlobalValues, isElsewhere } from "@croft/evaluator";
import { servicesOf } from "@croft/netsrv";
import type { ServicePort } from "@croft/plan";
import type { SecretMount } from "@croft/secrets";
import type { ServiceUrl } from "./report.ts";

/** What a deploy of one host takes from the global options, beside its artifact. */
export interface HostGlobals {
  readonly ports: readonly ServicePort[];
  readonly urls: readonly ServiceUrl[];
  /** `undefined` while another host is broken that could mount something here. */
  readonly mounts: Readonly<Record<string, SecretMount>> | undefined;
}

/** Reads what concerns a host; what another broken host leaves open is left out. */
export function globalsOf(global: GlobalValues, host: string): HostGlobals {
  return {
    ports: unlessElsewhere(() => portsOf(global, host)) ?? [],
    urls: unlessElsewhere(() => urlsOf(global, host)) ?? [],
    mounts: unlessElsewhere(() => mountsOf(global, host)),
  };
}

function portsOf(global: GlobalValues, host: string): readonly ServicePort[] {
  return ownServices(global, host).flatMap(([service, { ports }]) =>
    Object.values(ports).map(({ port, protocol }) => ({ service, port, protocol })),
  );
}

function urlsOf(global: GlobalValues, host: string): readonly ServiceUrl[] {
  return ownServices(global, host).flatMap(([service, { ports }]) =>
    Object.values(ports).flatMap(({ url }) => (url === undefined ? [] : [{ service, url }])),
  );
}

function ownServices(global: GlobalValues, host: string) {
  if (!("netsrv" in global)) return [];
  return Object.entries(servicesOf(global.netsrv))
    .filter(([, service]) => service.host === host)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function mountsOf(global: GlobalValues, host: string): Readonly<Record<string, SecretMount>> {
  if (!("secrets" in global)) return {};
  return Object.fromEntries(Object.entries(global.secrets.mounts).filter(([, mount]) => mount.host === host));
}

function unlessElsewhere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isElsewhere(error)) return undefined;
    throw error;
  }
}
