import { defineInterface, dict, option } from "@croft/evaluator";
import { z } from "zod";

const global = {
  accounts: dict({
    permissions: {
      send: option(z.boolean(), { description: "May send.", default: false }),
      receive: option(z.boolean(), { description: "May receive.", default: false }),
    },
  }),
};
declare module "@croft/evaluator" {
  interface Globals {
    mail: typeof global;
  }
}
export const mail = defineInterface("mail", { global });
