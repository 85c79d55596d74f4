import { access } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, folderOf, listenOn, type Serving, serve, StartFailure } from "@croft/web";
import { staticFiles } from "./static-files.ts";

/** Starts the landing page's server over the folder in `CONFIGURATION_DIRECTORY`. */
export async function startLanding(environment: Environment): Promise<Serving> {
  const folder = folderOf(environment, "CONFIGURATION_DIRECTORY");
  const index = join(folder, "index.html");
  await access(index).catch(() => {
    throw new StartFailure(`\`${index}\` cannot be read`);
  });
  return serve(staticFiles(folder), listenOn(environment));
}
