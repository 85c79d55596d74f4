/** One word for a POSIX shell, so that nothing in it is special. */
export const quoteWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A command line for a POSIX shell. */
export const quoteCommand = (words: readonly string[]): string => words.map(quoteWord).join(" ");

/** Text of another machine without what a terminal would obey. */
export const withoutControls = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are the characters to be dropped
  text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu, "");
