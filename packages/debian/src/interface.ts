import { defineInterface, each, fallback, nameHint, option } from "@croft/evaluator";
import { linux, units } from "@croft/linux";
import { netsrv } from "@croft/netsrv";
import { deploy } from "@croft/plan";
import { parseAddress } from "@croft/remote";
import { secrets } from "@croft/secrets";
import { z } from "zod";
import { embedded } from "./generation.ts";

const options = {
  address: option(z.string(), {
    description: "`embedded`, or where the OpenSSH client reaches the host, such as `root@10.0.0.4`.",
  }),
};

declare module "@croft/evaluator" {
  interface Options {
    debian: typeof options;
  }
}

/** The interface of the platform: what its hosts have, and what others know of them. */
export const debianInterface = defineInterface("debian", {
  uses: [deploy, linux, netsrv, secrets],
  options,
})
  .config({
    assertions: each(
      ({ config, global, host }) => {
        const known = new Set(units(config.linux).map(({ name }) => name));
        return Object.entries(global.secrets.mounts).flatMap(([mount, { host: target, restart }]) =>
          target === host.name
            ? restart.filter((unit) => !known.has(unit)).map((unit) => `${mount} ${unit}`)
            : [],
        );
      },
      {
        holds: false,
        message: ({ key, host }) => `unit \`${unitOf(key)}\` does not exist on host \`${host.name}\``,
        about: ({ key }) => [`global.secrets.mounts.${key.slice(0, key.lastIndexOf(" "))}.restart`],
        hint: ({ config, key }) =>
          nameHint(
            unitOf(key),
            units(config.linux).map(({ name }) => name),
          ),
      },
    ),
  })
  .global({
    netsrv: {
      hosts: each(({ host }) => [host.name], {
        address: fallback(({ config }) => networkAddress(config.debian.address)),
      }),
    },
  });

const unitOf = (assertion: string): string => assertion.slice(assertion.lastIndexOf(" ") + 1);

/** What other hosts connect to: an embedded host listens on loopback alone. */
const networkAddress = (address: string): string =>
  address === embedded ? "127.0.0.1" : parseAddress(address).host;
