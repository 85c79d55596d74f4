import type { z } from "zod";

/** What merging needs to know of a schema. */
export type Shape =
  | { readonly kind: "object"; readonly field: (key: string) => z.core.$ZodType | undefined }
  | { readonly kind: "list"; readonly item: z.core.$ZodType; readonly schema: z.core.$ZodType }
  | { readonly kind: "scalar" };

/** How definitions of `schema` merge, given one of their values: a union merges as the member that fits. */
export function shapeOf(schema: z.core.$ZodType | undefined, sample: unknown): Shape {
  const found = members(schema)
    .map(structure)
    .find((shape) => fits(shape, sample));
  return found ?? { kind: "scalar" };
}

/** Looks through what does not change how values merge; the members of a union one by one. */
function members(schema: z.core.$ZodType | undefined): readonly z.core.$ZodType[] {
  if (schema === undefined) return [];
  // zod's own discriminated union of definitions; every schema of zod 4 carries one.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "nonoptional":
    case "default":
    case "prefault":
    case "readonly":
    case "catch":
      return members(def.innerType);
    case "pipe":
      return members(def.in);
    case "lazy":
      return members(def.getter());
    case "union":
      return def.options.flatMap(members);
    default:
      return [schema];
  }
}

function structure(schema: z.core.$ZodType): Shape {
  const { def } = (schema as z.core.$ZodTypes)._zod; // as above
  if (def.type === "object") return { kind: "object", field: (key) => def.shape[key] ?? def.catchall };
  if (def.type === "record") return { kind: "object", field: () => def.valueType };
  if (def.type === "array") return { kind: "list", item: def.element, schema };
  return { kind: "scalar" };
}

function fits(shape: Shape, sample: unknown): boolean {
  if (shape.kind === "object") return isPlainObject(sample);
  if (shape.kind === "list") return Array.isArray(sample);
  return false;
}

/** Whether a value is an object literal: its fields are values of their own. Instances of classes are not. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
