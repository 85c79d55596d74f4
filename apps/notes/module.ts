import { asset, defineService, each, option, unique } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { netsrv } from "@croft/netsrv";
import { secrets } from "@croft/secrets";
import { z } from "zod";

const options = {
  users: option(unique(z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/))), {
    description: "Who has notes; each gets a password of their own.",
    default: [],
  }),
  port: option(z.int().min(1).max(65_535), { description: "TCP port of the page.", default: 7081 }),
};

declare module "@croft/evaluator" {
  interface Options {
    notes: typeof options;
  }
}
declare module "@croft/netsrv" {
  interface Services {
    notes: true;
  }
}

const htpasswd = `{{#each users}}
{{this}}:{{hashBcrypt (readSecret (fmt "notes/passwords/%s" this)) draw=this}}
{{/each}}
`;

/** Notes in plain files, behind a login. */
export const notes = defineService("notes", { uses: [linux, netsrv, secrets], options })
  .config({
    assertions: {
      "notes.users": {
        holds: ({ config }) => config.notes.users.length > 0,
        message: "`notes` has no users",
        about: ["config.notes"],
        hint: 'set `notes: { users: ["alice"] }`',
      },
    },
    linux: {
      services: {
        notes: {
          description: "Notes in plain files",
          program: asset("./src/main.ts"),
          dynamicUser: true,
          stateDirectory: ["notes"],
          loadCredential: { htpasswd: ({ global }) => global.secrets.mounts["notes/htpasswd"].path },
          environment: {
            HOST: ({ global }) => global.netsrv.services.notes.address,
            PORT: ({ config }) => config.notes.port,
          },
          restart: "on-failure",
        },
      },
    },
  })
  .global({
    netsrv: {
      services: {
        notes: {
          description: "What you want to remember",
          ports: { http: { port: ({ config }) => config.notes.port, scheme: "http" } },
        },
      },
    },
    secrets: {
      specs: {
        "notes/htpasswd": {
          template: { content: htpasswd, data: ({ config }) => ({ users: config.notes.users }) },
        },
      },
      mounts: { "notes/htpasswd": { restart: ["notes.service"] } },
    },
  })
  .global({
    secrets: {
      specs: each(({ config }) => config.notes.users.map((user) => `notes/passwords/${user}`), {
        random: { length: 20, special: false },
      }),
    },
  });
