import {
  defineInterface,
  dictOf,
  each,
  every,
  fallback,
  type Globals,
  type Hosts,
  option,
  type Values,
} from "@croft/evaluator";
import { z } from "zod";
import { collisionsOf, type ServiceValues } from "./ports.ts";
import { serviceOptions } from "./service-options.ts";
import type { Services } from "./services.ts";
import { portUrl } from "./url.ts";

const hostOptions = {
  address: option(z.string(), { description: "Where other hosts reach this one." }),
};

const global = {
  domain: option(z.string(), { description: "The domain of the fleet.", default: "home.arpa" }),
  dns: option(z.boolean(), {
    description: "Whether a DNS server answers for the domain: URLs then hold names, otherwise addresses.",
    default: false,
  }),
  hosts: dictOf<Hosts>()(hostOptions),
  services: dictOf<Services>()(serviceOptions),
};

declare module "@croft/evaluator" {
  interface Globals {
    netsrv: typeof global;
  }
}

type Netsrv = Values<Globals["netsrv"]>;

/** Every service of the fleet by name, also those whose names this program's types do not know. */
// The keys of `services` are types for authors; at run time they are whatever the hosts declare.
export const servicesOf = (values: Netsrv): Readonly<Record<string, ServiceValues>> =>
  values.services as Readonly<Record<string, ServiceValues>>;

/** Every host of the fleet by name, also those whose names this program's types do not know. */
export const hostsOf = (values: Netsrv): Readonly<Record<string, Values<typeof hostOptions>>> =>
  values.hosts as Readonly<Record<string, Values<typeof hostOptions>>>; // as above

const serviceNamed = (values: Netsrv, name: string): ServiceValues => {
  const service = servicesOf(values)[name];
  if (service === undefined) throw new Error(`service \`${name}\` has gone`); // reading a missing entry throws before
  return service;
};

/** Who serves what, where: names, ports and URLs of the whole fleet. */
export const netsrv = defineInterface("netsrv", { global })
  .config({
    assertions: each(
      ({ global, host }) => collisionsOf(servicesOf(global.netsrv), host.name).map(({ name }) => name),
      {
        holds: false,
        message: ({ global, host, key }) => {
          const found = collisionsOf(servicesOf(global.netsrv), host.name).find(({ name }) => name === key);
          if (found === undefined) return key;
          const [mine, other] = found.ports;
          const where =
            other.host === mine.host
              ? `host \`${mine.host}\``
              : `hosts \`${mine.host}\` and \`${other.host}\`, which share an address,`;
          return `port ${found.number}/${found.protocol} of ${where} is wanted by \`${mine.service}\` and \`${other.service}\``;
        },
        about: ({ global, host, key }) =>
          collisionsOf(servicesOf(global.netsrv), host.name)
            .filter(({ name }) => name === key)
            .flatMap(({ ports }) =>
              ports.map(({ service, port }) => `global.netsrv.services.${service}.ports.${port}.port`),
            ),
        hint: "give one of them another port, or move one to another host",
      },
    ),
  })
  .global({
    netsrv: {
      services: every({
        host: fallback(({ host }) => host.name),
        address: fallback(
          ({ global, key }) => hostNamed(global.netsrv, serviceNamed(global.netsrv, key).host).address,
        ),
        fqdn: fallback(({ global, key }) => `${key}.${global.netsrv.domain}`),
        title: fallback(({ key }) => `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`),
        ports: every({
          url: fallback(({ global, keys: [service = "", port = ""] }) =>
            portUrl(serviceNamed(global.netsrv, service), port, global.netsrv.dns),
          ),
        }),
      }),
    },
  });

function hostNamed(values: Netsrv, name: string): Values<typeof hostOptions> {
  const host = hostsOf(values)[name];
  if (host === undefined) throw new Error(`host \`${name}\` has gone`); // reading a missing entry throws before
  return host;
}
