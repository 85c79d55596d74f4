import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { run, start } from "@croft/process";

/** What a test has, and whoever else wants an sshd for a while: a way to say what is done at the end. */
export interface Lifetime {
  after(end: () => Promise<void>): void;
}

/** A real sshd on loopback, for tests and benchmarks alone. */
export interface TestingSshd {
  readonly port: number;
  readonly folder: string;
  readonly user: string;
  /** The client's configuration file: it knows the login key. */
  readonly config: string;
  /** `ssh-ed25519 AAAA…` */
  readonly hostKey: string;
  /** How many connections were logged in so far. */
  logins(): Promise<number>;
  /** How many commands were run so far. */
  commands(): Promise<number>;
  /** Gives the machine another host key, as an installation from scratch does. */
  rekey(): Promise<void>;
}

/** Why no sshd can be started here, if it cannot. */
export async function whyNoSshd(): Promise<string | undefined> {
  const found = await run(["test", "-x", "/usr/sbin/sshd"]);
  if (found.code !== 0) return "no /usr/sbin/sshd: apt-get install openssh-server";
  return process.getuid?.() === 0 ? undefined : "needs root to start an sshd";
}

/** Starts an sshd that ends with the test; `env` is what its sessions find in their environment. */
export async function startSshd(
  t: Lifetime,
  env: Readonly<Record<string, string>> = {},
): Promise<TestingSshd> {
  const folder = await mkdtemp(join(tmpdir(), "croft-sshd-"));
  const port = await freePort();
  const { username: user } = userInfo();
  const file = (name: string): string => join(folder, name);
  await Promise.all([makeKey(file("login")), makeKey(file("host"))]);
  await writeFile(file("authorized"), await readFile(file("login.pub")), { mode: 0o600 });
  await writeFile(
    file("sshd_config"),
    [
      "ListenAddress 127.0.0.1",
      `Port ${port}`,
      `HostKey ${file("host")}`,
      `AuthorizedKeysFile ${file("authorized")}`,
      "StrictModes no",
      "UsePAM no",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "PermitRootLogin prohibit-password",
      "LogLevel VERBOSE",
      `PidFile ${file("pid")}`,
      ...(Object.keys(env).length === 0
        ? []
        : [
            `SetEnv ${Object.entries(env)
              .map(([name, value]) => `"${name}=${value}"`)
              .join(" ")}`,
          ]),
      "",
    ].join("\n"),
  );
  await writeFile(
    file("config"),
    `Host *\n  IdentityFile ${file("login")}\n  IdentitiesOnly yes\n  IdentityAgent none\n`,
  );
  await run(["mkdir", "-p", "/run/sshd"]);
  let pid = await listen();
  t.after(async () => {
    process.kill(pid);
    await rm(folder, { recursive: true, force: true });
  });
  return {
    port,
    folder,
    user,
    config: file("config"),
    hostKey: (await readFile(file("host.pub"), "utf8")).split(" ").slice(0, 2).join(" "),
    logins: () => count("Accepted publickey"),
    commands: () => count("Starting session: command"),
    async rekey() {
      process.kill(pid);
      await rm(file("host"));
      await makeKey(file("host"));
      pid = await listen();
    },
  };

  async function count(words: string): Promise<number> {
    return (await readFile(file("log"), "utf8")).split(words).length - 1;
  }

  async function listen(): Promise<number> {
    const started = await start(["/usr/sbin/sshd", "-D", "-e", "-f", file("sshd_config")], {
      logFile: file("log"),
    });
    const deadline = Date.now() + 10_000;
    while (!(await answers(port, started.pid))) {
      if (Date.now() > deadline)
        throw new Error(`sshd does not answer: ${await readFile(file("log"), "utf8")}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return started.pid;
  }

  async function answers(at: number, by: number): Promise<boolean> {
    const written = await readFile(file("pid"), "utf8").catch(() => "");
    return written.trim() === String(by) && (await accepts(at));
  }
}

async function makeKey(file: string): Promise<void> {
  const made = await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]);
  if (made.code !== 0) throw new Error(made.stderr);
}

/** A TCP port of loopback that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
