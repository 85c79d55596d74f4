import { mkdtempSync, rmSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "@croft/process";
import { repositoryFiles, root } from "./repository.ts";

/** A copy of this repository to try things on. */
interface RepositoryCopy extends AsyncDisposable {
  readonly folder: string;
}

/** A port of the loopback address that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** What a copy holds beside the files of the repository. */
interface CopyOptions {
  /** The installed packages, as hard links where the file system can; they are there when it is not told. */
  readonly packages?: boolean;
}

/**
 * Copies every file that is committed or could be to a temporary folder, with the installed packages. Each `port: 7080` of a host becomes a port of its own, so that the copy can be deployed
 * beside the original. Whoever deploys it also stops it.
 */
export async function copyRepository({ packages = true }: CopyOptions = {}): Promise<RepositoryCopy> {
  const folder = mkdtempSync(join(tmpdir(), "croft-copy-"));
  for (const path of await repositoryFiles()) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(root, path), target);
    if (!/^hosts\/[^/]+\/host\.ts$/u.test(path)) continue;
    let text = await readFile(target, "utf8");
    for (const [written] of text.matchAll(/\bport: \d+/gu))
      text = text.replace(written, `port: ${await freePort()}`);
    await writeFile(target, text);
  }
  for (const way of packages ? ["-al", "-a"] : []) {
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
    const { code } = await run(["cp", way, join(root, "node_modules"), folder]);
    if (code === 0) break;
  }
  return { folder, [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }) };
}
