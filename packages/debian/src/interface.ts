import { defineInterface, each, option } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { netsrv } from "@croft/netsrv";
import { deploy } from "@croft/plan";
import { parseAddress } from "@croft/remote";
import { secrets } from "@croft/secrets";
import { z } from "zod";

const options = {
  address: option(z.string(), {
    description: "`embedded`, or where the OpenSSH client reaches the host, such as `root@10.0.0.4`.",
  }),
};

declare module "@croft/evaluator" {
  interface Options {
    debian: typeof options;
  }
}

/** The interface of the platform: what its hosts have, and what others know of them. */
export const debianInterface = defineInterface("debian", {
  uses: [deploy, linux, netsrv, secrets],
  options,
}).global({
  netsrv: {
    hosts: each(({ host }) => [host.name], {
      address: ({ config }) => networkAddress(config.debian.address),
    }),
  },
});

/** What other hosts connect to: an embedded host listens on loopback alone. */
const networkAddress = (address: string): string =>
  address === "embedded" ? "127.0.0.1" : parseAddress(address).host;
