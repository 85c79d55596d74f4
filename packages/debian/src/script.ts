import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("device/", import.meta.url);

/** Croft's side of a deploy on the device: the parts in `device/`, one after the other. */
export const deviceScript: string = readdirSync(folder)
  .filter((name) => name.endsWith(".sh"))
  .toSorted()
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");
