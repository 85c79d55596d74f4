import { characterSets, type CharacterSets } from "./characters.ts";
import { badLength, bothMethods, noCharacters, noMethod } from "./problem.ts";

/** What a secret of random characters looks like: its length, and the sets that its characters are drawn from. */
export interface RandomSpec extends CharacterSets {
  readonly length: number;
}

/** A text made from other secrets and plain data with Handlebars. */
export interface TemplateSpec {
  readonly content: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** How a secret comes about; exactly one method is given. */
export interface SecretSpec {
  readonly random?: RandomSpec | undefined;
  readonly template?: TemplateSpec | undefined;
}

/** Where a secret is put, for whom, and which units restart when it changes. */
export interface SecretMount {
  readonly secret: string;
  readonly host: string;
  readonly owner: string;
  readonly group: string;
  /** Octal, such as `0400`. */
  readonly mode: string;
  readonly path: string;
  readonly restart: readonly string[];
}

/** A spec that was found to have exactly one method, with sound parameters. */
export type SecretMethod =
  | { readonly method: "random"; readonly random: RandomSpec }
  | { readonly method: "template"; readonly template: TemplateSpec };

/** The longest random secret, in characters. */
const longestRandom = 4096;

/**
 * The one method of a spec.
 *
 * @throws CroftError `secret-method` for none or two; `secret-length`, `secret-characters` for unusable parameters
 */
export function methodOf(name: string, spec: SecretSpec): SecretMethod {
  const { random, template } = spec;
  if (random !== undefined && template !== undefined) throw bothMethods(name);
  if (template !== undefined) return { method: "template", template };
  if (random === undefined) throw noMethod(name);
  const usable = Number.isSafeInteger(random.length) && random.length >= 1 && random.length <= longestRandom;
  if (!usable) throw badLength(name, random.length);
  if (characterSets(random).length === 0) throw noCharacters(name);
  return { method: "random", random };
}
