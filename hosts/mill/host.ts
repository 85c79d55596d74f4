import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";
import { notes } from "@croft/notes";

export default defineHost("mill", { platform: debian({ address: "embedded" }), services: [notes] }).config({
  notes: { port: 7081, users: ["alice"] },
});
