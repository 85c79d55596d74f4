import { join } from "node:path";

/** Where an embedded host of a clone lives: what stands for `/` on it. */
export const embeddedRoot = (clone: string, host: string): string => join(clone, ".croft", "hosts", host);
