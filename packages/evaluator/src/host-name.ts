import { z } from "zod";
import { CroftError } from "./problem.ts";
import { nameHint } from "./suggest.ts";

/** The schema of an option whose value is the name of a host of this fleet; its readers get no other name. */
export const hostName: z.ZodString = z.string().meta({ description: "the name of a host" });

/** The names that stand where a schema asks for hosts: the value itself, or the items of a list. */
function namesIn(schema: z.core.$ZodType, value: unknown): readonly unknown[] {
  if (schema === hostName) return [value];
  // zod's own discriminated union of definitions; every schema of zod 4 carries one.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === "array" && def.element === hostName && Array.isArray(value) ? value : [];
}

/** What is wrong with the hosts that a value names. */
export function describeUnknownHost(
  schema: z.core.$ZodType,
  value: unknown,
  { path, hosts }: { readonly path: string; readonly hosts: ReadonlySet<string> },
): CroftError | undefined {
  const name = namesIn(schema, value).find((each) => typeof each === "string" && !hosts.has(each));
  if (typeof name !== "string") return undefined;
  return new CroftError("unknown-host", `option \`${path}\` names host \`${name}\`, which does not exist`, {
    hint: nameHint(name, hosts),
  });
}
