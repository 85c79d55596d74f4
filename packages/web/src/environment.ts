import { StartFailure } from "./start-failure.ts";

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a program accepts connections; port 0 lets the system choose. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** The address in `HOST` (`127.0.0.1` when unset) and `PORT`. */
export function listenOn(environment: Environment): Listen {
  return {
    host: environment["HOST"] || "127.0.0.1",
    port: wholeNumber(environment, "PORT", { from: 0, to: 65_535 }),
  };
}

/** The folder that systemd names in a variable such as `STATE_DIRECTORY`; the first, if there are several. */
export function folderOf(environment: Environment, variable: string): string {
  const folder = environment[variable]?.split(":")[0];
  if (folder === undefined || folder === "") throw new StartFailure(`${variable} is not set`);
  return folder;
}

/** The whole number in a variable, or `fallback` when it is unset. */
export function wholeNumber(
  environment: Environment,
  variable: string,
  range: { readonly from: number; readonly to: number; readonly fallback?: number },
): number {
  const text = environment[variable];
  if (text === undefined || text === "") {
    if (range.fallback === undefined) throw new StartFailure(`${variable} is not set`);
    return range.fallback;
  }
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= range.from && number <= range.to) return number;
  throw new StartFailure(`${variable} is not a whole number from ${range.from} to ${range.to}: \`${text}\``);
}
