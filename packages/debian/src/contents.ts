import type { Asset } from "@croft/evaluator";
import { CroftError } from "@croft/evaluator";
import Handlebars from "handlebars";

/** The three ways in which a file's content can be given. */
export interface ContentChoice {
  readonly text?: string | undefined;
  readonly template?:
    | { readonly source: Asset; readonly data: Readonly<Record<string, unknown>> }
    | undefined;
  readonly asset?: Asset | undefined;
}

/** The bytes of a managed file; `linux` sees to it that exactly one of the three ways is used. */
export function contentOf(
  path: string,
  choice: ContentChoice,
  read: (file: string) => Uint8Array,
): Uint8Array {
  const { text, template, asset } = choice;
  if (asset !== undefined) return read(asset.file);
  return encode(template === undefined ? (text ?? "") : render(path, template, read));
}

function render(
  path: string,
  { source, data }: NonNullable<ContentChoice["template"]>,
  read: (file: string) => Uint8Array,
): string {
  const text = new TextDecoder().decode(read(source.file));
  try {
    // Strict: a name that the data lacks is an error, not an empty place in a configuration file.
    return Handlebars.create().compile(text, { noEscape: true, strict: true })(data);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CroftError("template-broken", `template of \`${path}\` cannot be rendered: ${why}`, { cause });
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
