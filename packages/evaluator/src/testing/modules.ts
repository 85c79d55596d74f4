// Small modules that the tests of the evaluator share.
import { z } from "zod";
import { dict, each, every, fallback, hostName, option, unique } from "../index.ts";
import { defineInterface, defineService } from "../index.ts";

const mailboxes = {
  domain: option(z.string(), { description: "The domain.", default: "home.arpa" }),
  boxes: dict({
    host: option(hostName, { description: "Where it lies." }),
    quota: option(z.int(), { description: "Megabytes.", default: 100 }),
    aliases: option(z.array(z.string()), { description: "Other names.", default: [] }),
    rights: {
      send: option(z.boolean(), { description: "May send.", default: false }),
      receive: option(z.boolean(), { description: "May receive.", default: false }),
    },
  }),
};

const web = {
  port: option(z.int().min(1), { description: "The port.", default: 80 }),
  name: option(z.string(), { description: "Its name." }),
  label: option(z.string().optional(), { description: "What people call it." }),
  tags: option(unique(z.array(z.string())), { description: "Words.", default: [] }),
  lines: option(z.array(z.string()), { description: "Lines in order.", default: [] }),
  env: option(z.record(z.string(), z.string()), { description: "Environment.", default: {} }),
  limits: option(z.object({ cpu: z.number().optional(), memory: z.number().optional() }), {
    description: "Limits.",
    default: {},
  }),
  sites: dict({
    root: option(z.string(), { description: "The folder." }),
    index: option(z.string(), { description: "The page.", default: "index.html" }),
  }),
};

declare module "@croft/evaluator" {
  interface Options {
    web: typeof web;
    proxy: Record<never, never>;
  }
  interface Globals {
    mailboxes: typeof mailboxes;
  }
}

/** An interface with a global record. */
export const mailInterface = defineInterface("mailboxes", { global: mailboxes }).global({
  mailboxes: { boxes: every({ host: fallback(({ host }) => host.name) }) },
});

/** An interface with options of every kind. */
export const webInterface = defineInterface("web", { options: web });

/** A service that asks for a mailbox for each site of the web interface. */
export const proxy = defineService("proxy", { uses: [webInterface, mailInterface], options: {} }).global({
  mailboxes: { boxes: each(({ config }) => Object.keys(config.web.sites), { rights: { send: true } }) },
});
