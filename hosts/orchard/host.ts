import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";
import { watch } from "@croft/watch";

export default defineHost("orchard", { platform: debian({ address: "embedded" }), services: [watch] }).config(
  {
    watch: { port: 7082 },
  },
);
