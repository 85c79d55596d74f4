import { setTimeout as pause } from "node:timers/promises";
import { CroftError } from "@croft/evaluator";

/** Asks again and again until there is an answer; throws `fact` when there is none in time. */
export async function waitFor<Answer>(
  question: () => Answer | undefined | Promise<Answer | undefined>,
  { seconds, fact, hint }: { seconds: number; fact: string; hint?: string },
): Promise<Answer> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) {
      throw new CroftError("lab-timeout", `${fact} within ${seconds} s`, hint === undefined ? {} : { hint });
    }
    await pause(25);
  }
}
