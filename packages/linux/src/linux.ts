import { defineInterface, dict, option, unique } from "@croft/evaluator";
import { z } from "zod";
import { directories } from "./directories.ts";
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
export const linux = defineInterface("linux", { options });
