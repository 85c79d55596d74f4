import { badName } from "./problem.ts";

const segment = /^[A-Za-z0-9][A-Za-z0-9._@+=,-]{0,99}$/;

/**
 * Names of secrets, mounts and hosts become paths in the store and on hosts, so that they are checked before
 * anything is opened: segments of letters, digits and `._@+=,-` that begin with a letter or a digit, separated by `/`.
 *
 * @throws CroftError `bad-secret-name`
 */
export function checkName(kind: "secret" | "mount" | "host", name: string): void {
  const segments = name.split("/");
  const wellFormed = segments.every((part) => segment.test(part) && !part.endsWith(".age"));
  if (!wellFormed || segments.length > 10 || (kind === "host" && segments.length > 1))
    throw badName(kind, name);
}
