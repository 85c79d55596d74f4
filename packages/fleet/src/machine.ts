import { CroftError } from "@croft/evaluator";
import { type Address, asRoot, type Connection, lastLine, showAddress } from "@croft/remote";

/** What a machine must be, asked as root in one command: Debian, systemd as PID 1; and whether it has age. */
const probe = `
. /etc/os-release 2>/dev/null
echo "system=\${ID:-unknown} \${ID_LIKE:-}"
[ -d /run/systemd/system ] && echo init=systemd || echo init=other
command -v age >/dev/null && echo age=yes || echo age=no
`;

/** Refuses a machine that the Debian platform cannot deploy to, and gives it age if it has none. */
export async function prepareMachine(
  connection: Connection,
  address: Address,
): Promise<{ readonly installed: boolean }> {
  const { code, stdout, stderr } = await connection.run(asRoot(probe));
  const said = lastLine(stderr);
  if (code !== 0 && /\bsudo: /.test(said))
    throw unfit(
      address,
      `the login is not root's and may not become root: ${said}`,
      "write `root@…`, or allow the user `sudo` without a password",
    );
  if (code !== 0)
    throw unfit(address, `a command failed: ${said}`, "check that its login shell is a POSIX shell");
  const facts = new Map(
    stdout.split("\n").map((line) => [line.split("=")[0] ?? "", line.slice(line.indexOf("=") + 1)]),
  );
  const systems = (facts.get("system") ?? "").split(" ");
  if (!systems.includes("debian"))
    throw unfit(
      address,
      `it runs \`${systems[0]}\`, not Debian`,
      "Debian and its kin are what this platform knows",
    );
  if (facts.get("init") !== "systemd")
    throw unfit(address, "its PID 1 is not systemd", "install systemd-sysv, and boot it");
  if (facts.get("age") === "yes") return { installed: false };
  const install =
    "export DEBIAN_FRONTEND=noninteractive; apt-get update -q && apt-get install -q -y --no-install-recommends age";
  const result = await connection.run(asRoot(install));
  if (result.code === 0) return { installed: true };
  throw unfit(
    address,
    `age cannot be installed: ${lastLine(result.stderr)}`,
    "make `apt-get install age` work there first",
  );
}

const unfit = (address: Address, why: string, hint: string): CroftError =>
  new CroftError("machine-unfit", `\`${showAddress(address)}\` cannot be a host: ${why}`, { hint });
