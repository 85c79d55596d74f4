import { defineHost } from "@croft/evaluator";
import { debian } from "@croft/debian";
import { mail } from "./mail.ts";
import { radicale } from "./radicale.ts";
import { restic } from "./restic.ts";

export default defineHost("barn", {
  platform: debian({ address: "root@10.77.0.11" }),
  services: [radicale, restic],
  uses: [mail],
})
  .config({ radicale: { users: ["alice", "bob"] } })
  .global({ mail: { accounts: { "paperless@home.arpa": { permissions: { receive: true } } } } });
