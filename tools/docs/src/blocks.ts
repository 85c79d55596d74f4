/** A fenced block of code in a page. */
export interface Block {
  /** The page, relative to the repository. */
  readonly page: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  /** What stands behind the fence, such as `ts`. */
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a Markdown page. */
export function blocksOf(page: string, text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly line: number; readonly language: string; readonly code: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^\s*```(\S*)/.exec(line);
    if (open === undefined) {
      if (fence !== null) open = { line: index + 1, language: fence[1] ?? "", code: [] };
    } else if (fence === null) {
      open.code.push(line);
    } else {
      blocks.push({ page, line: open.line, language: open.language, code: `${open.code.join("\n")}\n` });
      open = undefined;
    }
  }
  return blocks;
}

/** The commands of a shell block, one a line; continued lines are joined, comments and prompts left out. */
export function commandsOf({ code }: Block): readonly string[] {
  return code
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) =>
      line
        .replace(/^\$ /, "")
        .replace(/\s+#.*$/, "")
        .trim(),
    )
    .filter((line) => line !== "" && !line.startsWith("#"))
    .flatMap((line) => line.split(" && "));
}
