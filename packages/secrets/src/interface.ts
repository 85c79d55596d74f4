import { defineInterface, dict, each, every, fallback, nameHint, option } from "@croft/evaluator";
import { z } from "zod";

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
    host: option(z.string(), { description: "The host that gets it; the one that declares the mount." }),
    owner: option(z.string(), { description: "Who owns the file.", default: "root" }),
    group: option(z.string(), { description: "Which group it belongs to.", default: "root" }),
    mode: option(z.string().regex(/^0[0-7]{3}$/), { description: "Its permissions.", default: "0400" }),
    path: option(z.string().startsWith("/run/"), { description: "Where it lies, in memory, on the host." }),
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
    assertions: each(
      ({ global, host }) => {
        const { specs, mounts } = global.secrets;
        return Object.keys(mounts)
          .filter((mount) => mounts[mount]?.host === host.name && !(mounts[mount].secret in specs))
          .map((mount) => `secret of ${mount}`);
      },
      {
        holds: false,
        message: ({ global, key }) => `secret \`${secretOf(global.secrets.mounts, key)}\` does not exist`,
        about: ({ key }) => [`global.secrets.mounts.${mountOf(key)}.secret`],
        hint: ({ global, key }) =>
          nameHint(secretOf(global.secrets.mounts, key), Object.keys(global.secrets.specs)),
      },
    ),
  })
  .global({
    secrets: {
      mounts: every({
        secret: fallback(({ key }) => key),
        host: fallback(({ host }) => host.name),
        path: fallback(({ key }) => `/run/croft/secrets/${key}`),
      }),
    },
  });

const mountOf = (assertion: string): string => assertion.slice("secret of ".length);

const secretOf = (mounts: Readonly<Record<string, { readonly secret: string }>>, assertion: string): string =>
  mounts[mountOf(assertion)]?.secret ?? mountOf(assertion);
