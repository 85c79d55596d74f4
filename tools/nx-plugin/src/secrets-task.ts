import { updateSecrets } from "@croft/fleet";
import { secretsErrors, showSecretsReport } from "@croft/secrets";
import type { ExecutorContext } from "@nx/devkit";
import { watchForEarlyEnd } from "./early-end.ts";
import { report, reportRoute } from "./report.ts";
import { readTaskOptions } from "./task-options.ts";

/** Brings every secret up to date, or shows what that would be. */
export default async function secretsTask(
  options: Readonly<Record<string, unknown>>,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const ended = watchForEarlyEnd(root, report);
  try {
    const { switches } = readTaskOptions({ command: "secrets", ...options });
    const done = await updateSecrets(root, { dryRun: switches.has("dry-run"), prune: switches.has("prune") });
    report(`\n${showSecretsReport(done, reportRoute())}`);
    return { success: secretsErrors(done).length === 0 };
  } catch (error) {
    report(`\n${error instanceof Error ? error.message : String(error)}\n`);
    return { success: false };
  } finally {
    ended();
  }
}
