import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { CroftError } from "@croft/evaluator";

/** Node software as one file, and the files that it was made of, relative to the repository. */
export interface Bundle {
  readonly content: Uint8Array;
  readonly inputs: readonly string[];
}

/**
 * Bundles Node software of the repository into one ES module that Debian 12's Node 18 runs. The same sources give the
 * same bytes on any machine: the only paths in it are relative to `root`.
 */
export async function bundle(root: string, entry: string): Promise<Bundle> {
  const { build } = await import("esbuild");
  const shown = relative(root, entry);
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: "program.mjs",
    bundle: true,
    platform: "node",
    target: "node18",
    format: "esm",
    charset: "utf8",
    legalComments: "none",
    loader: { ".css": "text", ".html": "text", ".svg": "text", ".txt": "text" },
    banner: { js: requireForCommonJs },
    logLevel: "silent",
    write: false,
    metafile: true,
  }).catch((cause: unknown) => {
    throw bundleProblem(shown, cause);
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new CroftError("bundle", `\`${shown}\` gave no program`);
  return { content: output.contents, inputs: Object.keys(result.metafile.inputs).toSorted() };
}

/** Writes the bundle of an app's `src/main.ts` to `dist/apps/<app>/main.mjs`, and gives its path in the repository. */
export async function bundleApp(root: string, app: string): Promise<string> {
  const file = `dist/apps/${app}/main.mjs`;
  const { content } = await bundle(root, join(root, "apps", app, "src", "main.ts"));
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, `${file}.new`), content);
  await rename(join(root, `${file}.new`), join(root, file));
  return file;
}

/** Libraries in CommonJS reach for Node's own modules with `require`, which an ES module has to be given. */
const requireForCommonJs =
  'import { createRequire as croftCreateRequire } from "node:module"; const require = croftCreateRequire(import.meta.url);';

interface EsbuildMessage {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

function bundleProblem(shown: string, cause: unknown): CroftError {
  const errors = cause instanceof Error && "errors" in cause ? cause.errors : undefined;
  // esbuild's own failures carry this list; its types do not say so.
  const [first] = Array.isArray(errors) ? (errors as readonly EsbuildMessage[]) : [];
  if (first === undefined) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new CroftError("bundle", `\`${shown}\` cannot be bundled: ${why}`, { cause });
  }
  const { text, location } = first;
  const at = location === null ? [shown] : [`${location.file}:${location.line}:${location.column + 1}`];
  return new CroftError("bundle", `\`${shown}\` cannot be bundled: ${text}`, { at, cause });
}
