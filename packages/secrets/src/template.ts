import { CroftError } from "@croft/evaluator";
import Handlebars from "handlebars";
import type { TemplateSpec } from "./spec.ts";
import { inertData, notTextMarker, UndefinedField } from "./inert-data.ts";
import { checkTemplate } from "./template-check.ts";
import { type TemplateContext, templateHelpers } from "./template-helpers.ts";
import { badSyntax, failedRendering, notDefined, notText } from "./template-problem.ts";

/** An environment of our own, without `log`, which would print secrets. */
const handlebars = Handlebars.create();
handlebars.unregisterHelper("log");

/**
 * Renders the template of a secret. Templates and data are not trusted: neither sees prototypes, partials, or
 * anything but the helpers of {@link templateHelpers}.
 *
 * @throws CroftError that names the secret and the line, and never quotes a value
 */
export function renderTemplate(spec: TemplateSpec, context: Omit<TemplateContext, "content">): string {
  const { secret } = context;
  const { content } = spec;
  const program = parse(secret, content);
  checkTemplate(secret, content, program);
  const data = inertData(secret, spec.data);
  const render = handlebars.compile<object>(content, { noEscape: true, strict: true });
  let text: string;
  try {
    text = render(data, {
      helpers: templateHelpers({ ...context, content }),
      allowProtoMethodsByDefault: false,
      allowProtoPropertiesByDefault: false,
    });
  } catch (problem) {
    throw describe(problem, secret, content);
  }
  if (text.includes(notTextMarker)) throw notText(secret);
  return text;
}

function parse(secret: string, content: string): hbs.AST.Program {
  try {
    return handlebars.parse(content);
  } catch (problem) {
    throw badSyntax({ secret, content, line: lineOf(problem) ?? 1 });
  }
}

function describe(problem: unknown, secret: string, content: string): CroftError {
  if (problem instanceof CroftError) return problem;
  if (problem instanceof UndefinedField) {
    const line = content.split("\n").findIndex((text) => text.includes(problem.field)) + 1;
    return notDefined({ secret, content, line: Math.max(line, 1) }, problem.field);
  }
  const undefinedName =
    problem instanceof Error ? /^"(.+?)" not defined in /s.exec(problem.message)?.[1] : undefined;
  const line = lineOf(problem);
  if (undefinedName === undefined || line === undefined) return failedRendering(secret);
  return notDefined({ secret, content, line }, undefinedName);
}

/** The line that an error of Handlebars is about: a field of its exceptions, words in its parser's. */
function lineOf(problem: unknown): number | undefined {
  if (!(problem instanceof Error)) return undefined;
  if ("lineNumber" in problem && typeof problem.lineNumber === "number") return problem.lineNumber;
  const line = /on line (\d+)/.exec(problem.message)?.[1];
  return line === undefined ? undefined : Number(line);
}
