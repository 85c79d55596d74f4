/** One word for a POSIX shell, so that nothing in it is special. */
export const quoteWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A command line for a POSIX shell. */
export const quoteCommand = (words: readonly string[]): string => words.map(quoteWord).join(" ");
