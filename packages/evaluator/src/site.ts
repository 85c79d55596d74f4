import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in a module of the repository: absolute file, 1-based line and column. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where the function that called `callSite` was called itself. Exact, since Node strips types in place. */
export function callSite(): Site {
  const limit = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  Error.stackTraceLimit = 3;
  Error.prepareStackTrace = (_error, frames) => frames;
  // prepareStackTrace above makes `stack` the array of frames itself.
  const frames = new Error("site").stack as unknown as readonly NodeJS.CallSite[];
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = limit;
  const frame = frames[2];
  const file = frame?.getFileName() ?? "<unknown>";
  return {
    file: file.startsWith("file:") ? fileURLToPath(file) : file,
    line: frame?.getLineNumber() ?? 0,
    column: frame?.getColumnNumber() ?? 0,
  };
}

/** `file:line:column`, with the file relative to the repository. */
export function showSite(site: Site, root: string): string {
  return `${relative(root, site.file)}:${site.line}:${site.column}`;
}
