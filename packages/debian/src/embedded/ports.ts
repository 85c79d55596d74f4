import { readdir, readFile, readlink } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { basename } from "node:path";
import { CroftError } from "@croft/evaluator";
import type { ServicePort } from "@croft/plan";
import { quoteWord, withoutControls } from "@croft/remote";
import type { RunningHost } from "./registry.ts";

/** Whose ports are looked at: a host of this clone, and all that run. */
interface PortSubject {
  readonly clone: string;
  readonly host: string;
  readonly running: readonly RunningHost[];
}

/** Checks that every TCP port of a host is free, or held by the host itself. @throws CroftError `port-held` */
export async function checkPorts(ports: readonly ServicePort[], subject: PortSubject): Promise<void> {
  for (const { service, port, protocol } of ports) {
    if (protocol !== "tcp" || (await isFree(port))) continue;
    const holder = subject.running.find(({ ports: held }) => held.includes(port));
    if (holder !== undefined && holder.clone === subject.clone && holder.host === subject.host) continue;
    const at = [`service \`${service}\` of host \`${subject.host}\``];
    if (holder === undefined) {
      throw new CroftError("port-held", `port ${port} of this machine is held by ${await nameHolder(port)}`, {
        at,
        hint: "end that program, or give the service another port",
      });
    }
    if (holder.clone === subject.clone) {
      throw new CroftError(
        "port-held",
        `port ${port} of this machine is held by host \`${holder.host}\` of this clone`,
        { at, hint: `\`npx croft stop ${holder.host}\` ends what it runs` },
      );
    }
    throw new CroftError(
      "port-held",
      `port ${port} of this machine is held by host \`${withoutControls(holder.host)}\` of the clone in \`${withoutControls(holder.clone)}\``,
      {
        at,
        hint: `stop that clone: cd ${quoteWord(withoutControls(holder.clone))} && npx nx run-many -t stop`,
      },
    );
  }
}

/** Waits until services listen; gives those that do not, in words. */
export async function waitForPorts(
  ports: readonly ServicePort[],
  seconds: number,
): Promise<readonly string[]> {
  const deadline = Date.now() + seconds * 1000;
  const wait = async ({ service, port }: ServicePort): Promise<string[]> => {
    while (!(await answers(port))) {
      if (Date.now() > deadline) return [`service \`${service}\` does not listen on port ${port} yet`];
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return [];
  };
  return (await Promise.all(ports.filter(({ protocol }) => protocol === "tcp").map(wait))).flat();
}

/** Whether nobody listens on a port of loopback. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

/** The program that listens on a port, as far as this user may know. */
async function nameHolder(port: number): Promise<string> {
  const inode = await listeningInode(port);
  if (inode === undefined) return "another program";
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const targets = await Promise.all(
      descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")),
    );
    if (!targets.includes(`socket:[${inode}]`)) continue;
    const [command = ""] = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
    const name = basename(command);
    return `\`${name}\` (process ${pid})`;
  }
  return "a program of another user";
}

async function listeningInode(port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  const rows = tables
    .join("\n")
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const listening = "0A";
  return rows.find((row) => row[1]?.endsWith(suffix) === true && row[3] === listening)?.[9];
}
