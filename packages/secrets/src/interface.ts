import { defineInterface, dict, each, every, fallback, hostName, option } from "@croft/evaluator";
import { z } from "zod";
import { faultAt, faults, mountPath } from "./faults.ts";

/** The name of a user or a group, or its number. */
const accountName = z
  .string()
  .regex(/^([a-z_][a-z0-9_-]*|\d+)$/, { error: "expected the name of a user or group" });

const characters = z.boolean().default(true);

const global = {
  specs: dict({
    random: option(
      z
        .strictObject({
          length: z.int().min(1),
          lowercase: characters,
          uppercase: characters,
          numbers: characters,
          special: characters,
        })
        .optional(),
      { description: "Random characters: how many, and of which sets." },
    ),
    template: option(
      z.strictObject({ content: z.string(), data: z.record(z.string(), z.unknown()).default({}) }).optional(),
      {
        description: "A text made from other secrets with Handlebars, and the data that it is rendered with.",
      },
    ),
  }),
  mounts: dict({
    secret: option(z.string(), { description: "The secret; the one of the mount's own name." }),
    host: option(hostName, { description: "The host that gets it; the one that declares the mount." }),
    owner: option(accountName, { description: "Who owns the file.", default: "root" }),
    group: option(accountName, { description: "Which group it belongs to.", default: "root" }),
    mode: option(z.string().regex(/^0[0-7]{3}$/), { description: "Its permissions.", default: "0400" }),
    path: option(z.string(), {
      description: "Where it lies, in memory, on the host; it follows from its name.",
    }),
    restart: option(z.array(z.string()), { description: "Units that restart when it changes.", default: [] }),
  }),
};

declare module "@croft/evaluator" {
  interface Globals {
    secrets: typeof global;
  }
}

/** Secrets as specifications, and the places where hosts get them. */
export const secrets = defineInterface("secrets", { global })
  .config({
    assertions: each(({ global, host }) => faults(global.secrets, host.name).map(({ about }) => about), {
      holds: false,
      message: ({ global, host, key }) => faultAt(global.secrets, host.name, key)?.message ?? key,
      hint: ({ global, host, key }) => faultAt(global.secrets, host.name, key)?.hint,
      about: ({ key }) => [key],
    }),
  })
  .global({
    secrets: {
      mounts: every({
        secret: fallback(({ key }) => key),
        host: fallback(({ host }) => host.name),
        path: fallback(({ key }) => mountPath(key)),
      }),
    },
  });
