// Every misspelling that the authoring API promises to catch, each refused at the word that is wrong.
// Lines are kept short, so that the mistake is the only thing on the line below its mark.
import { defineHost, defineInterface, defineService, each, every } from "@croft/evaluator";
import { debian } from "@croft/debian";
import { linux } from "@croft/linux";
import { netsrv } from "@croft/netsrv";
import { secrets } from "@croft/secrets";
import { mail } from "./mail.ts";
import { radicale } from "./radicale.ts";

const platform = debian({ address: "embedded" });
const host = defineHost("barn", { platform, services: [radicale] });

host.config({
  radicale: {
    // @ts-expect-error an option that does not exist
    userz: ["alice"],
  },
});
host.config({
  radicale: {
    // @ts-expect-error an item of the wrong type
    users: [1],
  },
});
host.config({
  // @ts-expect-error a module that does not exist
  radicle: { users: ["alice"] },
});
host.global({
  // @ts-expect-error an interface that is not used
  mail: {},
});
// @ts-expect-error an interface is used, not listed
defineHost("barn", { platform, services: [mail] });
// @ts-expect-error a service is listed, not used
defineHost("barn", { platform, services: [], uses: [radicale] });
// @ts-expect-error a service is not used by services either
defineService("radicale", { uses: [radicale], options: radicale.optionTree });
// @ts-expect-error a name that is not registered
defineInterface("mial", {});
// @ts-expect-error a host needs a platform
defineHost("barn", { services: [radicale] });
// @ts-expect-error an option of the platform that does not exist
debian({ adress: "embedded" });

const service = defineService("restic", { uses: [linux, netsrv, secrets], options: {} });
service.config({
  linux: {
    services: {
      a: {
        // @ts-expect-error a service of the fleet that does not exist
        execStart: ({ global }) => global.netsrv.services.radicle.fqdn,
      },
    },
  },
});
service.config({
  linux: {
    services: {
      a: {
        // @ts-expect-error an environment holds texts
        environment: { A: { b: 1 } },
      },
    },
  },
});
service.config({
  linux: {
    services: {
      a: {
        // @ts-expect-error not one of the names
        restart: "sometimes",
      },
    },
  },
});
service.config({
  linux: {
    services: {
      a: {
        // @ts-expect-error a misspelt directive
        exceStart: "/bin/true",
      },
    },
  },
});
service.config({
  linux: {
    // @ts-expect-error keys above an option are static
    services: () => ({}),
  },
});
service.global({
  secrets: {
    // @ts-expect-error a misspelt option in computed entries
    specs: each(() => ["a"], { randm: { length: 24 } }),
  },
});
service.global({
  secrets: {
    specs: {
      a: {
        // @ts-expect-error a misspelt key inside a value
        random: { lenght: 24 },
      },
    },
  },
});
service.global({
  secrets: {
    // @ts-expect-error a misspelt key inside a value of computed entries
    specs: each(() => ["a"], { random: { lenght: 24 } }),
  },
});
service.global({
  secrets: {
    // @ts-expect-error a misspelt key beside a right one
    specs: each(() => ["a"], { randm: { length: 24 }, random: { length: 3 } }),
  },
});
service.global({
  secrets: {
    // @ts-expect-error a module that this service does not use
    specs: each(({ config }) => config.radicale.users, { random: { length: 3 } }),
  },
});
service.global({
  secrets: {
    // @ts-expect-error a misspelt option for all entries
    mounts: every({ onwer: "alice" }),
  },
});
service.global({
  netsrv: {
    services: {
      // @ts-expect-error a service that did not register its name
      resticc: { ports: {} },
    },
  },
});
// @ts-expect-error a condition that reads what does not exist
service.when(({ config }) => config.linux.packges.length > 0, {});
service.when(() => true, {
  // @ts-expect-error neither config nor global
  globl: {},
});
