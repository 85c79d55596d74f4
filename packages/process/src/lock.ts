import { rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A lock that is held. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes a lock of this machine by its name; `undefined` where it is held, by this process or another.
 * It is an abstract Unix socket: the kernel lets go of it when its holder ends, however it ends.
 */
export async function takeLock(name: string): Promise<Lock | undefined> {
  const server = process.platform === "linux" ? await listen(`\0${name}`) : await listenAt(name);
  if (server === undefined) return undefined;
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Where there are no abstract sockets, the socket is a file, which its holder leaves behind when it is killed. */
async function listenAt(name: string): Promise<Server | undefined> {
  const file = join(tmpdir(), name);
  const server = await listen(file);
  if (server !== undefined || (await answers(file))) return server;
  rmSync(file, { force: true });
  return listen(file);
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) =>
      "code" in error && error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
