import type { CroftError } from "@croft/evaluator";

/** Debian packages of programs that Croft runs; only for hints. */
const packages: Readonly<Record<string, string>> = {
  ssh: "openssh-client",
  "ssh-keyscan": "openssh-client",
  "ssh-keygen": "openssh-client",
  age: "age",
  git: "git",
};

/** Words what the operating system said when a program could not be started at all. */
export async function describeSpawnProblem(
  program: string,
  cwd: string | undefined,
  cause: unknown,
): Promise<CroftError> {
  // Small programs of ours run others too, and should not wait for what only a failure needs.
  const { CroftError } = await import("@croft/evaluator");
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
  if (code === "ENOENT") {
    const folder = cwd === undefined ? "" : ` in \`${cwd}\``;
    const debian = packages[program];
    const hint =
      debian === undefined
        ? `install \`${program}\`, or add its folder to PATH`
        : `apt-get install ${debian}`;
    return new CroftError("program-missing", `program \`${program}\` cannot be started${folder}: not found`, {
      hint,
      cause,
    });
  }
  return new CroftError("program-unstartable", `program \`${program}\` cannot be started: ${code}`, {
    cause,
  });
}
