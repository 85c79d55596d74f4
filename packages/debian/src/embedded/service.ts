import { copyFileSync, chmodSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { start } from "@croft/process";
import { type ProcessIdentity, identityOf, lives } from "./process-identity.ts";
import { parseServiceFile, type ServiceFile } from "./unit-file.ts";

/** The folders of one embedded host. */
export interface HostFolders {
  /** What stands for `/`. */
  readonly root: string;
  /** What stands for `/run/croft`, in memory. */
  readonly run: string;
}

/** The state of a service, in systemd's words. */
export interface ServiceState {
  readonly active: "active" | "activating" | "inactive" | "failed";
  readonly sub: "running" | "auto-restart" | "dead" | "failed";
  readonly restarts: number;
  readonly process?: ProcessIdentity;
}

const stopped: ServiceState = { active: "inactive", sub: "dead", restarts: 0 };
const longestDelay = 30;
const steadyAfter = 10;
const stopSeconds = 10;

/** One service of an embedded host: Node software of this repository, kept running as its unit file says. */
export class Service {
  readonly unit: string;
  readonly #folders: HostFolders;
  readonly #onChange: (service: Service) => void;
  #state: ServiceState = stopped;
  #timer: NodeJS.Timeout | undefined;
  #ended: Promise<void> = Promise.resolve();
  #wanted = false;

  constructor(unit: string, folders: HostFolders, onChange: (service: Service) => void) {
    this.unit = unit;
    this.#folders = folders;
    this.#onChange = onChange;
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** Starts it, where it does not run already. */
  async start(): Promise<void> {
    if (this.#state.active === "active") return;
    clearTimeout(this.#timer);
    this.#wanted = true;
    await this.#launch(0, 0);
  }

  /** Ends it, and what it started: asks first, then insists. */
  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const { process: running } = this.#state;
    if (running !== undefined) await endGroup(running, this.#ended);
    this.#become(stopped);
  }

  async #launch(restarts: number, delay: number): Promise<void> {
    const file = this.#read();
    if (file === undefined) throw new Error(`${this.unit} is no Node software of this repository`);
    const ended = Promise.withResolvers<void>();
    this.#ended = ended.promise;
    const started = Date.now();
    const {
      program: [program, ...args],
    } = file;
    const { pid } = await start([process.execPath, this.#place(program), ...args], {
      cwd: file.workingDirectory === undefined ? this.#folders.root : this.#place(file.workingDirectory),
      env: this.#environment(file),
      cleanEnv: true,
      detached: true,
      logFile: join(this.#folders.root, "var/log", `${this.unit.replace(/\.service$/, "")}.log`),
      onExit: ({ code }) => {
        ended.resolve();
        const isSteady = Date.now() - started > steadyAfter * 1000;
        this.#onEnd(file, code, restarts, isSteady ? 0 : delay);
      },
    });
    this.#become({ active: "active", sub: "running", restarts, process: identityOf(pid) });
  }

  #onEnd(file: ServiceFile, code: number, restarts: number, delay: number): void {
    if (!this.#wanted) return;
    const again = file.restart === "always" || (file.restart === "on-failure" && code !== 0);
    if (!again) {
      this.#become(code === 0 ? stopped : { active: "failed", sub: "failed", restarts });
      return;
    }
    const next = Math.min(longestDelay, delay === 0 ? file.restartSeconds : delay * 2);
    this.#become({ active: "activating", sub: "auto-restart", restarts: restarts + 1 });
    this.#timer = setTimeout(() => {
      this.#launch(restarts + 1, next).catch((error: unknown) => {
        console.error(error);
        this.#become({ active: "failed", sub: "failed", restarts: restarts + 1 });
      });
    }, next * 1000);
  }

  #become(state: ServiceState): void {
    this.#state = state;
    this.#onChange(this);
  }

  #read(): ServiceFile | undefined {
    return parseServiceFile(readFileSync(join(this.#folders.root, "etc/systemd/system", this.unit), "utf8"));
  }

  /** Where a path of the host lies on this machine. */
  #place(path: string): string {
    const { root, run } = this.#folders;
    return path.startsWith("/run/croft/") ? join(run, path.slice("/run/croft/".length)) : join(root, path);
  }

  #environment(file: ServiceFile): Record<string, string> {
    const { root, run } = this.#folders;
    const made = (base: string, names: readonly string[]): string =>
      names
        .map((name) => {
          const folder = join(base, name);
          mkdirSync(folder, { recursive: true });
          return folder;
        })
        .join(":");
    const folders = {
      STATE_DIRECTORY: made(join(root, "var/lib"), file.stateDirectories),
      CONFIGURATION_DIRECTORY: made(join(root, "etc"), file.configurationDirectories),
      RUNTIME_DIRECTORY: made(join(run, "run"), file.runtimeDirectories),
      CACHE_DIRECTORY: made(join(root, "var/cache"), file.cacheDirectories),
      CREDENTIALS_DIRECTORY: this.#credentials(file),
    };
    return {
      PATH: process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      LANG: "C.UTF-8",
      ...Object.fromEntries(Object.entries(folders).filter(([, value]) => value !== "")),
      ...file.environment,
    };
  }

  #credentials(file: ServiceFile): string {
    const names = Object.keys(file.credentials);
    if (names.length === 0) return "";
    const folder = join(this.#folders.run, "credentials", this.unit);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of names) {
      copyFileSync(this.#place(file.credentials[name] ?? ""), join(folder, name));
      chmodSync(join(folder, name), 0o400);
    }
    return folder;
  }
}

/** Ends a process and its group. */
async function endGroup(running: ProcessIdentity, ended: Promise<void>): Promise<void> {
  if (!lives(running)) return;
  signal(running.pid, "SIGTERM");
  const timer = setTimeout(() => signal(running.pid, "SIGKILL"), stopSeconds * 1000);
  await ended;
  clearTimeout(timer);
}

/** Sends a signal to a group, which may be gone by now. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
