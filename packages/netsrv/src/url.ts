import type { ServiceValues } from "./ports.ts";

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The URL of a port that has a scheme: by name where DNS knows it, by address otherwise. */
export function portUrl(service: ServiceValues, port: string, dns: boolean): string | undefined {
  const values = service.ports[port];
  if (values?.scheme === undefined) return undefined;
  const name = dns ? service.fqdn : service.address.includes(":") ? `[${service.address}]` : service.address;
  const suffix = defaultPorts[values.scheme] === values.port ? "" : `:${values.port}`;
  return `${values.scheme}://${name}${suffix}${values.path}`;
}
