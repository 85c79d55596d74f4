import { assetSchema, dict, option } from "@croft/evaluator";
import { z } from "zod";
import { accountName } from "./names.ts";

/** Octal permissions with a leading zero, such as `0644`. */
export const modeSchema = z
  .string()
  .regex(/^0[0-7]{3,4}$/, { error: "expected an octal mode such as `0644`" });

/** Files by absolute path; each has exactly one of `text`, `template` and `asset`. */
export const files = dict({
  text: option(z.string().optional(), { description: "The content." }),
  template: option(
    z.strictObject({ source: assetSchema, data: z.record(z.string(), z.unknown()) }).optional(),
    { description: "A Handlebars template of the repository, and what it is rendered with." },
  ),
  asset: option(assetSchema.optional(), { description: "A file of the repository, taken as it is." }),
  owner: option(accountName, { description: "Who owns the file.", default: "root" }),
  group: option(accountName, { description: "Which group the file belongs to.", default: "root" }),
  mode: option(modeSchema, { description: "Its permissions.", default: "0644" }),
  method: option(z.enum(["link", "copy"]), {
    description: "A link into the generation, or a copy for programs that refuse links.",
    default: "link",
  }),
  replace: option(z.boolean(), {
    description: "Take over a file that Croft does not own; the original is kept and comes back later.",
    default: false,
  }),
});
