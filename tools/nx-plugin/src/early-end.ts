import { CroftError } from "@croft/evaluator";
import { exitCaller } from "@croft/process";

/**
 * Until what it returns is called, an end of this process is a failure, and reported as one. Nx never hears of tasks whose
 * process ends with code 0 in the middle of them, and then ends with success itself.
 */
export function watchForEarlyEnd(root: string, report: (text: string) => void): () => void {
  const onExit = (): void => {
    process.exitCode = 1;
    report(`\n${earlyEnd(exitCaller(root)).message}\n`);
  };
  process.once("exit", onExit);
  return () => void process.off("exit", onExit);
}

function earlyEnd(place: string | undefined): CroftError {
  if (place === undefined)
    return new CroftError("early-end", "the process of these tasks ended before they were done");
  return new CroftError("early-end", "`process.exit` was called before these tasks were done", {
    at: [place],
    hint: "throw an error instead: it is then one of its host, and the others go on",
  });
}
