/** Text of another machine without what a terminal would obey. */
export const withoutControls = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are the characters to be dropped
  text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu, "");

/** The last line that another machine said, which is where programs put what went wrong; empty where it said nothing. */
export const lastLine = (text: string): string =>
  withoutControls(text)
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => line !== "") ?? "";
