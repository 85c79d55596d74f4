import { createServer, type Server } from "node:net";
import { waitFor } from "./wait.ts";

/**
 * Runs `work` while no other process runs work of the same name.
 * The lock is an abstract Unix socket: the kernel lets go of it when its holder ends, however it ends.
 */
export async function withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const server = await waitFor(() => listen(`\0${name}`), {
    seconds: 600,
    fact: `lock \`${name}\` was not released`,
    hint: `find its holder with: ss -xlp | grep ${name}`,
  });
  try {
    return await work();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) =>
      "code" in error && error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}
