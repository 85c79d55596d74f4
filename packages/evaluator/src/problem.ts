/** What a {@link CroftError} may carry beside its fact. */
export interface ErrorDetail {
  /** Places, each already shown as `file:line:column` and more, in the order to print them. */
  readonly at?: readonly string[];
  /** What to type or change, without the word `hint`. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A failure in the voice of Croft: one fact, where it stands, and the way out. Its message is the whole shown text. */
export class CroftError extends Error {
  override readonly name = "CroftError";
  /** Tells kinds of failures apart, such as `unknown-option`; stable. */
  readonly code: string;
  readonly fact: string;
  readonly detail: ErrorDetail;

  constructor(code: string, fact: string, detail: ErrorDetail = {}) {
    const places = (detail.at ?? []).map((place) => `  at ${place}`);
    const hint = detail.hint === undefined ? [] : [`  hint: ${detail.hint}`];
    super([fact, ...places, ...hint].join("\n"), detail.cause === undefined ? {} : { cause: detail.cause });
    this.code = code;
    this.fact = fact;
    this.detail = detail;
  }

  /** For reports: the kind and the whole text. */
  toJSON(): { readonly code: string; readonly message: string } {
    return { code: this.code, message: this.message };
  }

  /** The same failure with places, if it has none yet. */
  placed(...places: readonly string[]): CroftError {
    const { at = [] } = this.detail;
    return at.length > 0 ? this : new CroftError(this.code, this.fact, { ...this.detail, at: places });
  }
}
