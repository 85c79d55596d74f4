import { dict, option } from "@croft/evaluator";
import { z } from "zod";
import { modeSchema } from "./files.ts";

/** Directories by absolute path, made with tmpfiles.d. */
export const directories = dict({
  owner: option(z.string(), { description: "Who owns the directory.", default: "root" }),
  group: option(z.string(), { description: "Which group it belongs to.", default: "root" }),
  mode: option(modeSchema, { description: "Its permissions.", default: "0755" }),
});
