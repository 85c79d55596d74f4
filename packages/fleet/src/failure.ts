import { CroftError } from "@croft/evaluator";

/** Any error as one that can be told: what is not ours is a defect, with where it happened. */
export function describeFailure(error: unknown): CroftError {
  if (error instanceof CroftError) return error;
  const fact = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new CroftError("defect", fact, {
    hint: "this is a defect of croft, please report it",
    cause: error,
  });
}
