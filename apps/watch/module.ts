import { asset, defineService, option } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { netsrv, servicesOf } from "@croft/netsrv";
import { z } from "zod";

const options = {
  port: option(z.int().min(1).max(65_535), { description: "TCP port of the page.", default: 7082 }),
  intervalSeconds: option(z.int().min(1).max(86_400), {
    description: "Seconds between two looks at a service.",
    default: 10,
  }),
};

declare module "@croft/evaluator" {
  interface Options {
    watch: typeof options;
  }
}
declare module "@croft/netsrv" {
  interface Services {
    watch: true;
  }
}

/** Looks at every declared service of every host, and shows which are up. */
export const watch = defineService("watch", { uses: [linux, netsrv], options })
  .config({
    linux: {
      files: {
        "/etc/watch/targets.json": {
          text: ({ global }) => {
            const targets = Object.entries(servicesOf(global.netsrv)).flatMap(
              ([service, { host, title, address, ports }]) =>
                Object.entries(ports).map(([port, { protocol, scheme, port: number, url }]) => {
                  return { service, host, title, port, protocol, scheme, address, number, url };
                }),
            );
            return `${JSON.stringify({ targets }, null, 2)}\n`;
          },
        },
      },
      services: {
        watch: {
          description: "Which services of the fleet are up",
          program: asset("./src/main.ts"),
          dynamicUser: true,
          configurationDirectory: ["watch"],
          environment: {
            HOST: ({ global }) => global.netsrv.services.watch.address,
            PORT: ({ config }) => config.watch.port,
            INTERVAL_SECONDS: ({ config }) => config.watch.intervalSeconds,
          },
          restart: "on-failure",
        },
      },
    },
  })
  .global({
    netsrv: {
      services: {
        watch: {
          description: "Up or down, for every service of every host",
          ports: { http: { port: ({ config }) => config.watch.port, scheme: "http" } },
        },
      },
    },
  });
