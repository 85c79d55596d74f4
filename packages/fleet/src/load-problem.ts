import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { CroftError } from "@croft/evaluator";

/** Words why a module of the repository cannot be imported, with the place that is at fault. */
export function describeLoadFailure(error: unknown, file: string, root: string): CroftError {
  const shown = relative(root, file);
  if (error instanceof CroftError) return error.placed(framePlace(error, root) ?? shown);
  const message = withoutRoot(error instanceof Error ? error.message : String(error), root);
  const place = error instanceof Error ? placeOf(error, root) : undefined;
  const detail = { at: [place ?? shown], cause: error };
  return error instanceof SyntaxError
    ? new CroftError("syntax", `\`${shown}\` cannot be loaded: ${message}`, detail)
    : new CroftError("load", `\`${shown}\` cannot be loaded: ${message}`, {
        ...detail,
        ...(codeOf(error) === "ERR_MODULE_NOT_FOUND"
          ? { hint: "correct the import, or run `npm install`" }
          : {}),
      });
}

function placeOf(error: Error, root: string): string | undefined {
  return importPlace(error, root) ?? headPlace(error, root) ?? framePlace(error, root);
}

/** `Cannot find module 'x' imported from file`: the line of the import. */
function importPlace(error: Error, root: string): string | undefined {
  const [, wanted, file] =
    /^Cannot find (?:module|package) '([^']+)' imported from (.+)$/.exec(error.message) ?? [];
  if (wanted === undefined || file === undefined || !existsSync(file)) return undefined;
  const name = wanted.split("/").at(-1) ?? wanted;
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((text) => /\b(?:from|import)\b/.test(text) && text.includes(name));
  if (line < 0) return relative(root, file);
  return `${relative(root, file)}:${line + 1}:${(lines[line] ?? "").search(/["']/) + 1}`;
}

/** Before the stack of a syntax error Node puts `file:line`, lines up to that one, and a row of carets. */
function headPlace(error: Error, root: string): string | undefined {
  const [, where, line, carets] = /^(\S+):(\d+)\n(?:.*\n)+?( *)\^/.exec(error.stack ?? "") ?? [];
  if (where === undefined || line === undefined || carets === undefined) return undefined;
  const file = where.startsWith("file:") ? fileURLToPath(where) : where;
  return `${relative(root, file)}:${line}:${carets.length + 1}`;
}

function framePlace(error: Error, root: string): string | undefined {
  for (const [, url, line, column] of (error.stack ?? "").matchAll(/(file:\S+?):(\d+):(\d+)\)?$/gm)) {
    const file = relative(root, fileURLToPath(url ?? "file:///"));
    if (!file.startsWith("..") && !file.includes("node_modules")) return `${file}:${line}:${column}`;
  }
  return undefined;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

const withoutRoot = (message: string, root: string): string => message.replaceAll(`${root}/`, "");
