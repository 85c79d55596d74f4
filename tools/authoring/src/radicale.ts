import { defineService, each, option } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { netsrv } from "@croft/netsrv";
import { secrets } from "@croft/secrets";
import { z } from "zod";

const options = {
  users: option(z.array(z.string()), { description: "Who may log in.", default: [] }),
  port: option(z.int().min(1).max(65_535), { description: "TCP port behind the proxy.", default: 5232 }),
};
declare module "@croft/evaluator" {
  interface Options {
    radicale: typeof options;
  }
}
declare module "@croft/netsrv" {
  interface Services {
    radicale: true;
  }
}

export const radicale = defineService("radicale", { uses: [netsrv, secrets, linux], options })
  .config({
    linux: {
      services: {
        radicale: { execStart: ({ config }) => `/usr/bin/radicale --hosts :${config.radicale.port}` },
      },
    },
  })
  .global({
    netsrv: { services: { radicale: { ports: { http: { port: ({ config }) => config.radicale.port } } } } },
    secrets: {
      specs: each(({ config }) => config.radicale.users.map((user) => `radicale/passwords/${user}`), {
        random: { length: 24 },
      }),
    },
  });
