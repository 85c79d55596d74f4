import { join } from "node:path";
import { type Environment, folderOf, listenOn, type Serving, serve } from "@croft/web";
import { Credentials } from "./credentials.ts";
import { Gate } from "./gate.ts";
import { Notebooks } from "./notebooks.ts";
import { site } from "./site.ts";

/** Starts the notes service; `now` is the clock that sessions and the throttle go by. */
export async function startNotes(environment: Environment, now: () => number = Date.now): Promise<Serving> {
  const credentials = await Credentials.open(
    join(folderOf(environment, "CREDENTIALS_DIRECTORY"), "htpasswd"),
  );
  const notebooks = await Notebooks.open(folderOf(environment, "STATE_DIRECTORY"));
  return serve(site(new Gate(credentials, now), notebooks), listenOn(environment));
}
