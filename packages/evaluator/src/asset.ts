import { dirname, resolve } from "node:path";
import { z } from "zod";
import { callSite } from "./site.ts";

/** A file of the repository, as a value; its bytes are read through `Sources`, never by the module. */
export class Asset {
  /** The absolute path of the file. */
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }
}

/** The file at `path`, relative to the module that calls this. */
export function asset(path: string): Asset {
  return new Asset(resolve(dirname(callSite().file), path));
}

/** The schema of an option whose value is a file of the repository. */
export const assetSchema: z.ZodType<Asset, Asset> = z.instanceof(Asset, {
  error: 'expected `asset("./file")`',
});
