import { defineService } from "@croft/evaluator";
import { linux } from "@croft/linux";

const options = {};
declare module "@croft/evaluator" {
  interface Options {
    restic: typeof options;
  }
}

export const restic = defineService("restic", { uses: [linux], options }).config({
  linux: {
    timers: { restic: { onCalendar: ["daily"] } },
    services: { restic: { execStart: "/usr/bin/restic check" } },
  },
});
