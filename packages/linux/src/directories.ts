import { dict, option } from "@croft/evaluator";
import { modeSchema } from "./files.ts";
import { accountName } from "./names.ts";

/** Directories by absolute path, made with tmpfiles.d. */
export const directories = dict({
  owner: option(accountName, { description: "Who owns the directory.", default: "root" }),
  group: option(accountName, { description: "Which group it belongs to.", default: "root" }),
  mode: option(modeSchema, { description: "Its permissions.", default: "0755" }),
});
