import { join } from "node:path";

/** Where all embedded hosts of a clone live. */
export const embeddedFolder = (clone: string): string => join(clone, ".croft", "hosts");

/** Where an embedded host of a clone lives: what stands for `/` on it. */
export const embeddedRoot = (clone: string, host: string): string => join(embeddedFolder(clone), host);
