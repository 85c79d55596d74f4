import { CroftError } from "@croft/evaluator";
import type { RunResult } from "@croft/process";
import {
  type Activation,
  BrokenDevice,
  type Confirmation,
  type Device,
  textOf,
  type Wanted,
} from "@croft/plan";
import { type CommandOptions, type Connection, withoutControls } from "@croft/remote";
import { type Facts, parseFacts } from "./facts.ts";
import { decodeGeneration, embedded, generationFile } from "./generation.ts";
import { inTheWay } from "./plan-files.ts";
import { secretsDigest } from "./plan-secrets.ts";
import { deviceScript } from "./script.ts";
import { stagingTar } from "./staging.ts";
import type { DebianPlan } from "./step.ts";

/** A device that runs Croft's script, over whichever connection. */
export interface ScriptedDevice {
  readonly host: string;
  readonly connection: Connection;
  readonly wanted: Wanted;
}

/** Becomes root where the login is not, which a machine may allow with sudo. */
const elevate =
  'if [ "$(id -u)" = 0 ] || [ -n "${CROFT_ROOT:-}" ]; then exec sh -c "$0" croft.sh "$@"; else exec sudo -n sh -c "$0" croft.sh "$@"; fi';

/** The primitives of a Debian host, each of them one command over one connection. */
export function scriptedDevice({ host, connection, wanted }: ScriptedDevice): Device<Facts, DebianPlan> {
  const call = (words: readonly string[], options?: CommandOptions): Promise<RunResult> =>
    connection.run(["sh", "-c", elevate, deviceScript, ...words], options);
  const look = async (): Promise<Facts> => {
    const { artifact, secrets } = wanted;
    const result = await call(["observe", artifact.hash, secretsDigest(secrets)], { input: cares(wanted) });
    if (result.code !== 0) throw deviceProblem(host, "cannot be looked at", result);
    const facts = parseFacts(result.stdout, host);
    if (!facts.isBusy) return facts;
    throw new CroftError("deploy-running", `host \`${host}\` is being deployed to by somebody else`, {
      hint: "wait for its end, and deploy again",
    });
  };
  return {
    async observe({ repair = false } = {}) {
      const facts = await look();
      if (!repair || !facts.isPending) return facts;
      const result = await call(["recover"]);
      if (result.code !== 0) throw deviceProblem(host, "cannot undo an interrupted deploy", result);
      const [first, ...trouble] = linesOf(result.stdout);
      if (first === "broken") throw brokenDevice(host, trouble.join("\n"));
      return look();
    },
    async stage(plan) {
      const first = await receive(plan);
      // What the device had may have been damaged there: then everything travels.
      const isDamaged = plan.reused.length > 0 && /do not have the wanted content/.test(first.stderr);
      const result = isDamaged ? await receive({ ...plan, reused: [] }) : first;
      if (result.code !== 0) throw stageProblem(host, plan, result);
    },
    activate: async (plan) => parseActivation(host, plan, await call(["activate", String(plan.number)])),
    confirm: async (plan) =>
      parseConfirmation(host, await call(["confirm", String(plan.number)], { fresh: true })),
    async commit(plan) {
      if (!plan.steps.some(({ action }) => action === "uninstall")) return;
      const result = await call(["commit", String(plan.number)]);
      if (result.code !== 0) throw deviceProblem(host, "could not remove packages", result);
      const left = linesOf(result.stdout).flatMap(leftPackage);
      if (left.length > 0) throw new CroftError("packages-left", left.join("; "));
    },
  };

  function receive(plan: DebianPlan): Promise<RunResult> {
    return call(["receive", String(plan.number)], { input: stagingTar(plan, wanted) });
  }
}

/** What the script is asked to look at, one line each. */
function cares({ artifact }: Wanted): string {
  const { entries, packages } = decodeGeneration(
    textOf(artifact, generationFile),
    `host \`${artifact.host}\``,
  );
  return [
    ...entries.map(({ path }) => `path\t${path}\n`),
    ...packages.map((name) => `package\t${name}\n`),
  ].join("");
}

const linesOf = (stdout: string): readonly string[] => withoutControls(stdout).trimEnd().split("\n");

/** Words a line `left⇥package⇥others`, where a removal would have taken others along. */
function leftPackage(line: string): string[] {
  const [verb, name, others] = line.split("\t");
  return verb === "left" ? [`package \`${name}\` stays: without it, apt would remove ${others} as well`] : [];
}

function parseActivation(host: string, plan: DebianPlan, { code, stdout, stderr }: RunResult): Activation {
  const [first = "", ...rest] = linesOf(stdout);
  const result = (["activated", "failed", "rolled-back", "broken"] as const).find((each) => each === first);
  if (code !== 0 || result === undefined) {
    return {
      result: "broken",
      message: `its script ended with status ${code}: ${withoutControls(stderr || stdout).trim()}`,
    };
  }
  const obstacles = rest.flatMap((line) =>
    line.startsWith("in-the-way\t") ? [line.slice("in-the-way\t".length)] : [],
  );
  const said = rest.join("\n").trim();
  if (obstacles.length > 0) return { result, message: inTheWay(host, obstacles).message };
  if (result === "failed" && isDiskFull(said)) return { result, message: diskFull(host, plan).message };
  if (result === "broken") return { result, message: brokenDevice(host, said).message };
  return { result, message: said };
}

function parseConfirmation(host: string, { code, stdout, stderr }: RunResult): Confirmation {
  const [first = "", second = "", ...rest] = linesOf(stdout);
  if (first === "confirmed")
    return { result: second === "needs-reboot" ? "needs-reboot" : "confirmed", message: "" };
  const message = [second, ...rest].join("\n").trim();
  if (first === "rolled-back") return { result: first, message };
  return {
    result: "broken",
    message:
      message || `host \`${host}\` does not confirm (status ${code}): ${withoutControls(stderr).trim()}`,
  };
}

function stageProblem(host: string, plan: DebianPlan, result: RunResult): CroftError {
  return isDiskFull(result.stderr)
    ? diskFull(host, plan)
    : deviceProblem(host, "could not be staged to", result);
}

const isDiskFull = (said: string): boolean => /No space left on device|Disk quota exceeded/.test(said);

function diskFull(host: string, plan: DebianPlan): CroftError {
  const isHere = plan.to.address === embedded;
  return new CroftError(
    "disk-full",
    `host \`${host}\` has no room for a new generation: ${plan.room} KiB are free`,
    {
      at: [isHere ? `.croft/hosts/${host}/var/lib/croft` : `/var/lib/croft on host \`${host}\``],
      hint: "free some room there; nothing was changed",
    },
  );
}

/** Words that a host is neither in its old state nor in its new one. */
const brokenDevice = (host: string, trouble: string): BrokenDevice =>
  new BrokenDevice("host-broken", trouble, {
    at: [`/var/lib/croft/pending on host \`${host}\``],
    hint: "put that right there, and deploy again: what was begun is undone first",
  });

function deviceProblem(host: string, what: string, { code, stderr }: RunResult): CroftError {
  const said = withoutControls(stderr).trim().split("\n").at(-1) ?? "";
  if (said.startsWith("sudo:")) {
    return new CroftError(
      "not-root",
      `the login of host \`${host}\` is not root and may not become root: ${said}`,
      {
        hint: "write `root@…`, or allow the user `sudo` without a password",
      },
    );
  }
  return new CroftError(
    "device-failed",
    `host \`${host}\` ${what}: ${said === "" ? `status ${code}` : said}`,
  );
}
