import { asset, defineService, option } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { netsrv, servicesOf } from "@croft/netsrv";
import { z } from "zod";
import { landingPage } from "./src/page.ts";
import { landingStyle } from "./src/style.ts";

const options = {
  port: option(z.int().min(1).max(65_535), { description: "TCP port of the page.", default: 7080 }),
  title: option(z.string(), { description: "What the page calls itself on itself.", default: "Start" }),
};

declare module "@croft/evaluator" {
  interface Options {
    landing: typeof options;
  }
}
declare module "@croft/netsrv" {
  interface Services {
    landing: true;
  }
}

/** A page with a tile for every service of the fleet. */
export const landing = defineService("landing", { uses: [linux, netsrv], options })
  .config({
    linux: {
      files: {
        "/etc/landing/index.html": {
          text: ({ global }) =>
            landingPage(
              Object.entries(servicesOf(global.netsrv)).map(
                ([service, { title, description, host, fqdn, ports }]) => ({
                  service,
                  title,
                  description,
                  host,
                  fqdn,
                  ports: Object.entries(ports).map(([name, { port, protocol, url }]) =>
                    url === undefined ? { name, port, protocol } : { name, port, protocol, url },
                  ),
                }),
              ),
            ),
        },
        "/etc/landing/style.css": { text: landingStyle },
      },
      services: {
        landing: {
          description: "Landing page of the fleet",
          program: asset("./src/main.ts"),
          dynamicUser: true,
          configurationDirectory: ["landing"],
          environment: {
            HOST: ({ global }) => global.netsrv.services.landing.address,
            PORT: ({ config }) => config.landing.port,
          },
          restart: "on-failure",
        },
      },
    },
  })
  .global({
    netsrv: {
      services: {
        landing: {
          title: ({ config }) => config.landing.title,
          description: "Every service of the fleet on one page",
          ports: { http: { port: ({ config }) => config.landing.port, scheme: "http" } },
        },
      },
    },
  });
