import type { Serving } from "./serve.ts";
import { StartFailure } from "./start-failure.ts";

/** Runs a program until SIGTERM or SIGINT; one that cannot start says why in one line and exits with code 1. */
export async function run(name: string, start: () => Promise<Serving>): Promise<void> {
  try {
    const serving = await start();
    console.log(`${name}: listening on ${serving.url}`);
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => void serving.close().then(() => process.exit(0)));
    }
  } catch (error) {
    console.error(error instanceof StartFailure ? `${name}: ${error.message}` : error);
    process.exit(1);
  }
}
