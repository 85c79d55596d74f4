import { stripTypeScriptTypes } from "node:module";
import { type Expression, type Node as AstNode, parse, type Property, type Program } from "acorn";
import type { Sources } from "./sources.ts";
import type { Site } from "./site.ts";

/** A way through a literal: property names and list positions. */
export type LiteralPath = readonly (string | number)[];

/** How many arguments stand before the literal in each wrapping call. */
const literalArgument: Readonly<Record<string, number>> = {
  each: 1,
  every: 0,
  force: 0,
  fallback: 0,
  override: 1,
  before: 0,
  after: 0,
};

/**
 * Finds the exact place of a leaf: parses the module and follows `path` through the literal that was handed over
 * at `call`. Where the way ends early (a spread, a variable of elsewhere), the last place that is known is given.
 */
export function locateLeaf(sources: Sources, call: Site, path: LiteralPath): Site {
  const text = textOf(sources, call.file);
  if (text === undefined) return call;
  const program = programOf(text);
  const offset = offsetOf(text, call);
  const found = program === undefined ? undefined : callAt(program, offset);
  if (program === undefined || found === undefined) return call;
  const { literal, site } = follow(program, found, path);
  return literal === undefined ? call : { file: call.file, ...positionOf(text, site) };
}

function textOf(sources: Sources, file: string): string | undefined {
  try {
    return new TextDecoder().decode(sources.read(file));
  } catch {
    return undefined; // a place in a file that has gone stays the place of the call
  }
}

const programs = new Map<string, Program | undefined>();

function programOf(text: string): Program | undefined {
  if (!programs.has(text)) programs.set(text, parsed(text));
  return programs.get(text);
}

function parsed(text: string): Program | undefined {
  try {
    return parse(withoutTypes(text), { ecmaVersion: "latest", sourceType: "module" });
  } catch {
    return undefined; // a file that was changed after it was loaded
  }
}

/** The text with types blanked out, so that every position stays; Node's warning of its newness is of no use here. */
function withoutTypes(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

interface Found {
  readonly literal: Expression | undefined;
  readonly site: number;
}

/** The argument that holds the literal of the call whose callee's name stands at `offset`. */
function callAt(
  program: Program,
  offset: number,
): { readonly name: string; readonly args: readonly AstNode[]; readonly start: number } | undefined {
  let found: { readonly name: string; readonly args: readonly AstNode[]; readonly start: number } | undefined;
  visit(program, (node) => {
    if (node.type !== "CallExpression") return;
    const { callee, arguments: args } = node as AstNode & { callee: AstNode; arguments: AstNode[] };
    const word =
      callee.type === "MemberExpression" ? (callee as AstNode & { property: AstNode }).property : callee;
    if (word.start === offset) found = { name: nameOf(word) ?? "", args, start: word.start };
  });
  return found;
}

function follow(
  program: Program,
  call: { readonly name: string; readonly args: readonly AstNode[]; readonly start: number },
  path: LiteralPath,
): Found {
  const index = call.name === "when" ? 1 : 0;
  // acorn's nodes are told apart by `type` alone; what an argument is, is checked where it is used.
  let literal = call.args[index] as Expression | undefined;
  let site = call.start;
  for (const step of path) {
    literal = unwrap(program, literal);
    if (literal?.type === "ObjectExpression") {
      const property = literal.properties.find(
        (each): each is Property => each.type === "Property" && keyOf(each) === step,
      );
      if (property === undefined) break;
      site = property.key.start;
      literal = property.value;
    } else if (literal?.type === "ArrayExpression" && typeof step === "number") {
      const item = literal.elements[step];
      if (item === undefined || item === null || item.type === "SpreadElement") break;
      site = item.start;
      literal = item;
    } else break;
  }
  return { literal, site };
}

/** Looks through wrapping calls and names of the same module. */
function unwrap(program: Program, expression: Expression | undefined, depth = 0): Expression | undefined {
  if (expression === undefined || depth > 20) return expression;
  if (expression.type === "CallExpression") {
    const index = literalArgument[nameOf(expression.callee) ?? ""];
    const inner = index === undefined ? undefined : expression.arguments[index];
    return inner === undefined || inner.type === "SpreadElement"
      ? expression
      : unwrap(program, inner, depth + 1);
  }
  if (expression.type === "Identifier") {
    const value = constantNamed(program, expression.name);
    return value === undefined ? expression : unwrap(program, value, depth + 1);
  }
  return expression;
}

function constantNamed(program: Program, name: string): Expression | undefined {
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && id.name === name) return init ?? undefined;
    }
  }
  return undefined;
}

const nameOf = (node: AstNode): string | undefined =>
  node.type === "Identifier" ? (node as AstNode & { name: string }).name : undefined;

const keyOf = ({ key, computed }: Property): string | undefined =>
  computed
    ? undefined
    : key.type === "Identifier"
      ? key.name
      : key.type === "Literal"
        ? String(key.value)
        : undefined;

function visit(node: AstNode, each: (node: AstNode) => void): void {
  each(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === "object" && child !== null && typeof child.type === "string") visit(child, each);
    }
  }
}

function offsetOf(text: string, { line, column }: Site): number {
  let offset = 0;
  for (let current = 1; current < line; current++) offset = text.indexOf("\n", offset) + 1;
  return offset + column - 1;
}

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
