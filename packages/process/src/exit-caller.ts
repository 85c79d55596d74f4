import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * In a listener of `exit`: the place that called `process.exit`, relative to `folder`; `undefined` when nobody did.
 */
export function exitCaller(folder: string): string | undefined {
  const frames = (new Error("exit").stack ?? "").split("\n");
  const caller = frames[frames.findLastIndex((frame) => frame.includes("at process.exit ")) + 1] ?? "";
  const [, url, position] = /(file:\/\/\S+?):(\d+:\d+)\)?$/u.exec(caller) ?? [];
  return url === undefined ? undefined : `${relative(folder, fileURLToPath(url))}:${position}`;
}
