// What Nx loads to run a task. Plain JavaScript, because Nx puts a resolver of its own into Node before it loads
// TypeScript; and what is compiled once is kept. Together this halves the time in which the fleet is loaded.
import { createRequire, enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

enableCompileCache(fileURLToPath(new URL("../../.nx/compile-cache", import.meta.url)));
const load = createRequire(import.meta.url);

/** The tasks of all hosts and apps of a run that can go together. */
export const fleetBatch = (...given) => load("./src/fleet-batch.ts").default(...given);

/** One of them alone. */
export const fleetTask = (...given) => load("./src/fleet-task.ts").default(...given);

/** The task that brings secrets up to date. */
export const secretsTask = (...given) => load("./src/secrets-task.ts").default(...given);
