import { z } from "zod";
import { dict, option } from "./option.ts";

/** Claims that must hold before a host is built. */
export const assertions = dict({
  holds: option(z.boolean(), { description: "Whether the claim holds." }),
  message: option(z.string(), {
    description: "What is wrong when it does not: one fact, without a full stop.",
  }),
  about: option(z.array(z.string()), {
    description: "The options that it is about, such as `config.web.port`: their places are shown.",
    default: [],
  }),
  hint: option(z.string().optional(), { description: "What to change then." }),
});

/** Sentences that are shown whenever a host is built. */
export const warnings = option(z.array(z.string()), {
  description: "What the owner of the host is told whenever it is built.",
  default: [],
});

/** The options that every host has, whatever it uses. */
export const builtins = { assertions, warnings };
