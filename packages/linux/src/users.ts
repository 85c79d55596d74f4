import { dict, option, unique } from "@croft/evaluator";
import { z } from "zod";

const id = z.int().min(1).max(65_533);

/** System users by name, made with sysusers.d. */
export const users = dict({
  uid: option(id.optional(), { description: "The numeric id, where it must be a certain one." }),
  group: option(z.string().optional(), { description: "The primary group, where it is not one of its own." }),
  groups: option(unique(z.array(z.string())), { description: "Further groups.", default: [] }),
  description: option(z.string(), { description: "Who or what the user is.", default: "" }),
  home: option(z.string().optional(), { description: "The home directory." }),
  shell: option(z.string().optional(), { description: "The login shell, where logging in is meant." }),
});

/** System groups by name, made with sysusers.d. */
export const groups = dict({
  gid: option(id.optional(), { description: "The numeric id, where it must be a certain one." }),
});
