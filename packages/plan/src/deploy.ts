import { defineInterface, hostName, option, unique } from "@croft/evaluator";
import { z } from "zod";

const options = {
  after: option(unique(z.array(hostName)), {
    description: "Hosts that are deployed before this one; if one of them fails, this one is not tried.",
    default: [],
  }),
};

declare module "@croft/evaluator" {
  interface Options {
    deploy: typeof options;
  }
}

/** When a host is deployed. */
export const deploy = defineInterface("deploy", { options });
