import { run } from "@croft/web";
import { startLanding } from "./program.ts";

await run("landing", () => startLanding(process.env));
