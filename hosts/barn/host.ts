import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";
import { landing } from "@croft/landing";

export default defineHost("barn", { platform: debian({ address: "embedded" }), services: [landing] }).config({
  landing: { port: 7080 },
});
