import { run } from "@croft/web";
import { startNotes } from "./program.ts";

await run("notes", () => startNotes(process.env));
