import { nameHint } from "@croft/evaluator";
import { helperNames } from "./template-helpers.ts";
import {
  noPartials,
  notBlock,
  notDefined,
  type TemplatePlace,
  unknownHelper,
  unnamedDraw,
} from "./template-problem.ts";

type Node = hbs.AST.Node;

/** Handlebars' own blocks; any other block is a field, and a loop if that field is a list. */
const builtinBlocks: readonly string[] = ["if", "unless", "each", "with"];
const onceBlocks: readonly string[] = ["if", "unless", "with"];
/** What `each` defines, written as `@key` and so on. */
const loopNames: readonly string[] = ["key", "index", "first", "last"];

/** A `hashBcrypt` that was found, with how its draw is named. */
interface SaltCall {
  readonly place: TemplatePlace;
  readonly inLoop: boolean;
  readonly naming: "none" | "constant" | "computed";
}

/**
 * Refuses what a template of a secret must not contain, before anything of it runs: partials and decorators, unknown
 * helpers, and randomness that has no name of its own.
 */
export function checkTemplate(secret: string, content: string, program: hbs.AST.Program): void {
  const salts = new Walk(secret, content).statements(program, false);
  for (const { place, inLoop, naming } of salts) {
    if (inLoop && naming === "none") throw unnamedDraw(place, "in a loop");
    if (inLoop && naming === "constant") throw unnamedDraw(place, "in each turn of a loop");
    if (naming === "none" && salts.length > 1)
      throw unnamedDraw(place, "though the template draws more than once");
  }
}

class Walk {
  readonly #secret: string;
  readonly #content: string;

  constructor(secret: string, content: string) {
    this.#secret = secret;
    this.#content = content;
  }

  statements(program: hbs.AST.Program | undefined, inLoop: boolean): readonly SaltCall[] {
    return (program?.body ?? []).flatMap((statement) => this.#statement(statement, inLoop));
  }

  #statement(node: Node, inLoop: boolean): readonly SaltCall[] {
    // The type of a node is its tag, which Handlebars' types do not express.
    switch (node.type) {
      case "ContentStatement":
      case "CommentStatement":
        return [];
      case "MustacheStatement":
        return this.#expression(node as hbs.AST.MustacheStatement, inLoop);
      case "BlockStatement":
        return this.#block(node as hbs.AST.BlockStatement, inLoop);
      default:
        throw noPartials(this.#place(node));
    }
  }

  #block(block: hbs.AST.BlockStatement, inLoop: boolean): readonly SaltCall[] {
    const name = this.#name(block.path);
    if (helperNames.includes(name)) throw notBlock(this.#place(block), name);
    const hasArguments = block.params.length > 0 || block.hash !== undefined;
    if (hasArguments && !builtinBlocks.includes(name)) throw this.#unknown(block, name);
    return [
      ...this.#arguments(block, inLoop),
      ...this.statements(block.program, inLoop || !onceBlocks.includes(name)),
      ...this.statements(block.inverse, inLoop),
    ];
  }

  #expression(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, inLoop: boolean): readonly SaltCall[] {
    const name = this.#name(call.path);
    const isCall = call.type === "SubExpression" || call.params.length > 0 || call.hash !== undefined;
    if (isCall && !helperNames.includes(name)) throw this.#unknown(call, name);
    this.#checkPath(call.path, inLoop);
    const inner = this.#arguments(call, inLoop);
    if (name !== "hashBcrypt") return inner;
    const draw = call.hash?.pairs.find((pair) => pair.key === "draw")?.value;
    const naming = draw === undefined ? "none" : draw.type.endsWith("Literal") ? "constant" : "computed";
    return [...inner, { place: this.#place(call), inLoop, naming }];
  }

  #arguments(call: { params: Node[]; hash?: hbs.AST.Hash }, inLoop: boolean): readonly SaltCall[] {
    const values = [...call.params, ...(call.hash?.pairs ?? []).map((pair) => pair.value)];
    return values.flatMap((value) => {
      this.#checkPath(value, inLoop);
      return value.type === "SubExpression" ? this.#expression(value as hbs.AST.SubExpression, inLoop) : [];
    });
  }

  /** Handlebars prints nothing for an unknown `@name`. */
  #checkPath(node: Node, inLoop: boolean): void {
    if (node.type !== "PathExpression") return;
    const path = node as hbs.AST.PathExpression;
    const isKnown = path.parts[0] === "root" || (inLoop && loopNames.includes(String(path.parts[0])));
    if (path.data && !isKnown) throw notDefined(this.#place(node), path.original);
  }

  #name(path: Node): string {
    // Only paths have the field; a computed or literal name is no helper's.
    return path.type === "PathExpression" ? String((path as hbs.AST.PathExpression).original) : "";
  }

  #unknown(node: Node, name: string): Error {
    return unknownHelper(this.#place(node), name, nameHint(name, [...helperNames, ...builtinBlocks]));
  }

  #place(node: Node): TemplatePlace {
    return { secret: this.#secret, content: this.#content, line: node.loc.start.line };
  }
}
