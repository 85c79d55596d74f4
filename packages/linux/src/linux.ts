import { defineInterface, dict, each, option, unique } from "@croft/evaluator";
import { z } from "zod";
import { directories } from "./directories.ts";
import { faultAt, faults } from "./faults.ts";
import { files } from "./files.ts";
import {
  mountOptions,
  pathOptions,
  serviceOptions,
  socketOptions,
  timerOptions,
  unitOptions,
} from "./unit-options.ts";
import { groups, users } from "./users.ts";

const options = {
  files,
  directories,
  users,
  groups,
  packages: option(unique(z.array(z.string().regex(/^[a-z0-9][a-z0-9.+:-]*$/))), {
    description: "Packages of the distribution.",
    default: [],
  }),
  services: dict(serviceOptions),
  timers: dict(timerOptions),
  sockets: dict(socketOptions),
  paths: dict(pathOptions),
  mounts: dict(mountOptions),
  targets: dict(unitOptions),
};

declare module "@croft/evaluator" {
  interface Options {
    linux: typeof options;
  }
}

/** Files, units, users and packages: what every Linux host has. */
export const linux = defineInterface("linux", { options }).config({
  assertions: each(({ config }) => faults(config.linux).map(({ about }) => about), {
    holds: false,
    message: ({ config, key }) => faultAt(config.linux, key)?.message ?? key,
    hint: ({ config, key }) => faultAt(config.linux, key)?.hint,
    about: ({ key }) => [`config.${key}`],
  }),
});
