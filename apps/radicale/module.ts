import { defineService, each, option, unique } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { netsrv } from "@croft/netsrv";
import { secrets } from "@croft/secrets";
import { z } from "zod";

const options = {
  users: option(unique(z.array(z.string().regex(/^[^:\s]+$/))), {
    description: "Who has calendars; each gets a password of their own.",
    default: [],
  }),
  port: option(z.int().min(1).max(65_535), { description: "TCP port.", default: 5232 }),
  maxContentLength: option(z.int().min(1), {
    description: "The largest upload, in bytes.",
    default: 100_000_000,
  }),
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

const htpasswd = `{{#each users}}
{{this}}:{{hashBcrypt (readSecret (fmt "radicale/passwords/%s" this)) draw=this}}
{{/each}}
`;

/** Calendars and contacts over CalDAV and CardDAV, with Debian's Radicale. */
export const radicale = defineService("radicale", { uses: [linux, netsrv, secrets], options })
  .config({
    linux: {
      packages: ["radicale", "python3-bcrypt", "python3-passlib"],
      files: {
        "/etc/radicale/config": {
          replace: true,
          text: ({ config, global }) => `[server]
hosts = 0.0.0.0:${config.radicale.port}
max_content_length = ${config.radicale.maxContentLength}

[auth]
type = htpasswd
htpasswd_filename = ${global.secrets.mounts["radicale/htpasswd"].path}
htpasswd_encryption = bcrypt

[storage]
filesystem_folder = /var/lib/radicale/collections
`,
        },
      },
      services: {
        radicale: {
          description: "Calendars and contacts",
          execStart: "/usr/bin/radicale --config /etc/radicale/config",
          user: "radicale",
          group: "radicale",
          stateDirectory: ["radicale"],
          restart: "on-failure",
          protectSystem: "full",
          after: ["network.target"],
        },
      },
    },
  })
  .global({
    netsrv: {
      services: {
        radicale: {
          title: "Calendars",
          description: "Calendars and contacts for every device",
          ports: { http: { port: ({ config }) => config.radicale.port, scheme: "http" } },
        },
      },
    },
    secrets: {
      specs: {
        "radicale/htpasswd": {
          template: { content: htpasswd, data: ({ config }) => ({ users: config.radicale.users }) },
        },
      },
      mounts: { "radicale/htpasswd": { owner: "radicale", restart: ["radicale.service"] } },
    },
  })
  .global({
    secrets: {
      specs: each(({ config }) => config.radicale.users.map((user) => `radicale/passwords/${user}`), {
        random: { length: 24, special: false },
      }),
    },
  });
