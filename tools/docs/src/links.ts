import { posix } from "node:path";

/** A link of a page to something else in the repository. */
export interface Link {
  /** The page, relative to the repository. */
  readonly page: string;
  /** As it is written. */
  readonly written: string;
  /** What it leads to, relative to the repository. */
  readonly target: string;
}

/** The relative links and images of a Markdown page; what stands in code is none. */
export function linksOf(page: string, text: string): readonly Link[] {
  const prose = text.replace(/^\s*```[\s\S]*?^\s*```/gmu, "").replace(/`[^`\n]*`/gu, "");
  const found = [
    ...prose.matchAll(/\]\(<?([^()\s>]+)>?[^()]*\)/gu),
    ...prose.matchAll(/^\[[^\]]+\]: (\S+)/gmu),
  ];
  return found.flatMap(([, written = ""]) => {
    const path = decodeURI(written.replace(/[#?].*$/u, ""));
    if (path === "" || /^[a-z][a-z0-9+.-]*:|^\/\//iu.test(written)) return [];
    return [{ page, written, target: posix.join(posix.dirname(page), path) }];
  });
}
