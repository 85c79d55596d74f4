import { join } from "node:path";
import {
  type Environment,
  folderOf,
  listenOn,
  type Serving,
  serve,
  StartFailure,
  wholeNumber,
} from "@croft/web";
import { site } from "./site.ts";
import { Watcher } from "./watcher.ts";

/** Starts the watch over the targets in `CONFIGURATION_DIRECTORY`. */
export async function startWatch(
  environment: Environment,
  now: () => Date = () => new Date(),
): Promise<Serving> {
  const file = join(folderOf(environment, "CONFIGURATION_DIRECTORY"), "targets.json");
  const intervalSeconds = wholeNumber(environment, "INTERVAL_SECONDS", { from: 1, to: 86_400, fallback: 10 });
  const habits = { intervalSeconds, timeoutSeconds: Math.min(intervalSeconds, 5), now };
  const watcher = await Watcher.open(file, habits).catch((error: unknown) => {
    throw new StartFailure(`the targets in \`${file}\` cannot be read: ${describe(error)}`);
  });
  const serving = await serve(site(watcher, habits), listenOn(environment));
  // Only now, so that the watch finds itself up.
  watcher.start();
  return {
    url: serving.url,
    close: () => {
      watcher.stop();
      return serving.close();
    },
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && error.code === "ENOENT" ? "there is no such file" : error.message;
}
