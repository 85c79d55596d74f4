import { run } from "@croft/web";
import { startWatch } from "./program.ts";

await run("watch", () => startWatch(process.env));
