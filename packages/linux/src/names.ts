import { z } from "zod";

/** The name of a user or a group, or its number: one word, as it stands in a line of other words. */
export const accountName = z
  .string()
  .regex(/^([a-z_][a-z0-9_-]{0,30}\$?|\d{1,5})$/, { error: "expected the name of a user or group" });

/** The name of a unit with its suffix, such as `radicale.service`. */
export const unitName = z.string().regex(/^[A-Za-z0-9:_.\\@][A-Za-z0-9:_.\\@-]*\.[a-z]+$/, {
  error: "expected the name of a unit, such as `web.service`",
});

/** One line: what stands in a file of lines must not start another. */
export const line = z.string().regex(/^\P{Cc}*$/u, { error: "expected one line" });

/** The name of a systemd directive, such as `ExecStart`. */
export const directiveName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: "expected the name of a directive" });

/** Whether a name can be that of a unit, without its suffix. */
export const isUnitStem = (name: string): boolean => unitName.safeParse(`${name}.service`).success;

/** Whether a name can be that of a user or a group to be made. */
export const isAccount = (name: string): boolean => accountName.safeParse(name).success && !/^\d/.test(name);

/** Whether a path is absolute and in its shortest form. */
export function isAbsolutePath(path: string): boolean {
  const parts = path.split("/").slice(1);
  return (
    path.startsWith("/") &&
    line.safeParse(path).success &&
    parts.every((part) => !["", ".", ".."].includes(part))
  );
}
