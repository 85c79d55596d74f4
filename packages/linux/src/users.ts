import { dict, option, unique } from "@croft/evaluator";
import { z } from "zod";
import { accountName, isAbsolutePath, line } from "./names.ts";

const path = z.string().refine(isAbsolutePath, { error: "expected an absolute path" });
const id = z.int().min(1).max(65_533);

/** System users by name, made with sysusers.d. */
export const users = dict({
  uid: option(id.optional(), { description: "The numeric id, where it must be a certain one." }),
  group: option(accountName.optional(), {
    description: "The primary group, where it is not one of its own.",
  }),
  groups: option(unique(z.array(accountName)), { description: "Further groups.", default: [] }),
  description: option(line, { description: "Who or what the user is.", default: "" }),
  home: option(path.optional(), { description: "The home directory." }),
  shell: option(path.optional(), { description: "The login shell, where logging in is meant." }),
});

/** System groups by name, made with sysusers.d. */
export const groups = dict({
  gid: option(id.optional(), { description: "The numeric id, where it must be a certain one." }),
});
