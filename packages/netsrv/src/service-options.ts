import { dict, hostName, option } from "@croft/evaluator";
import { z } from "zod";

/** What is known of each service of the fleet. */
export const serviceOptions = {
  host: option(hostName, { description: "The host that runs the service; the one that declares it." }),
  address: option(z.string(), { description: "Where it listens; the address of its host." }),
  fqdn: option(z.string(), { description: "Its full name; its own in the domain of the fleet." }),
  title: option(z.string(), { description: "What people call it." }),
  description: option(z.string(), { description: "What it is for, in a few words.", default: "" }),
  ports: dict({
    port: option(z.int().min(1).max(65_535), { description: "The number." }),
    protocol: option(z.enum(["tcp", "udp"]), { description: "The transport.", default: "tcp" }),
    scheme: option(z.enum(["http", "https"]).optional(), {
      description: "The scheme of its URL, if it has one.",
    }),
    path: option(z.string().startsWith("/"), { description: "The path of its URL.", default: "/" }),
    url: option(z.string().optional(), { description: "Where a browser finds it." }),
  }),
};
