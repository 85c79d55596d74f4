import { CroftError } from "@croft/evaluator";

// What can be wrong with a template, worded in one place; places are lines of its content.

/** A place in a template; columns count from 0, as in Handlebars' syntax tree. */
export interface TemplatePlace {
  readonly secret: string;
  readonly content: string;
  readonly line: number;
}

function refuse(place: TemplatePlace, code: string, fact: string, hint?: string): CroftError {
  const text = place.content.split("\n")[place.line - 1]?.trim() ?? "";
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return new CroftError(code, `template of secret \`${place.secret}\` ${fact}`, {
    at: [`line ${place.line}: ${shown}`],
    ...(hint === undefined ? {} : { hint }),
  });
}

export const badSyntax = (place: TemplatePlace): CroftError =>
  refuse(place, "template-syntax", "does not parse", "check that every `{{` and every block is closed");

export const noPartials = (place: TemplatePlace): CroftError =>
  refuse(place, "template-syntax", "uses a partial or a decorator, which secrets do not have");

export const unknownHelper = (place: TemplatePlace, name: string, hint: string): CroftError =>
  refuse(place, "template-helper", `calls \`${name}\`, which is no helper`, hint);

export const notBlock = (place: TemplatePlace, name: string): CroftError =>
  refuse(place, "template-helper", `uses \`${name}\` as a block`, `write \`{{${name} …}}\``);

export const unnamedDraw = (place: TemplatePlace, where: string): CroftError =>
  refuse(
    place,
    "draw-unnamed",
    `draws randomness without a name of its own ${where}`,
    'name it, such as `draw=(fmt "salt/%s" @key)`, or `draw="salt/alice"` outside loops',
  );

export const badCall = (place: TemplatePlace, name: string, fact: string, usage: string): CroftError =>
  refuse(place, "template-call", `calls \`${name}\` with ${fact}`, `it is called as \`${usage}\``);

export const notDefined = (place: TemplatePlace, name: string): CroftError =>
  refuse(place, "template-data", `reads \`${name}\`, which its data does not define`);

export const notText = (secret: string): CroftError =>
  new CroftError("template-data", `template of secret \`${secret}\` prints a list or an object`, {
    hint: "print its fields, or go through it with `{{#each …}}`",
  });

export const badData = (secret: string, path: string, found: string): CroftError =>
  new CroftError("template-data", `data of secret \`${secret}\` holds ${found} at \`${path}\``, {
    hint: "data is text, numbers, booleans, lists and plain objects",
  });

/** Without the cause: an error of JavaScript can quote the value that it fell over, and that may be a secret. */
export const failedRendering = (secret: string): CroftError =>
  new CroftError("template-failed", `template of secret \`${secret}\` cannot be rendered`, {
    hint: "look for a field of something that has none, such as `{{name.field}}` where `name` is text",
  });
