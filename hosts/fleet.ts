import { defineFleet } from "@croft/evaluator";
import { netsrv } from "@croft/netsrv";

export default defineFleet({ uses: [netsrv] }).global({
  netsrv: { domain: "home.arpa" },
});
