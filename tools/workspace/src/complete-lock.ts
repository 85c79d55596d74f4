/** `npm run lock`: adds to package-lock.json the optional packages that npm left out. */
import { readFileSync, writeFileSync } from "node:fs";
import { completeLock, missingPackages } from "./lock.ts";
import type { Lock } from "./lock.ts";

const path = new URL("../../../package-lock.json", import.meta.url);
const lock: Lock = JSON.parse(readFileSync(path, "utf8"));
const missing = missingPackages(lock);
if (missing.length > 0) writeFileSync(path, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
console.log(`package-lock.json: ${missing.length} optional packages added`);
