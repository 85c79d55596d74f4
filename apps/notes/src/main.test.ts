import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { run, start } from "@croft/process";
import { prepare } from "./testbed.ts";

const main = join(import.meta.dirname, "main.ts");

function runWith(environment: Readonly<Record<string, string>>) {
  return run([process.execPath, main], { env: environment, timeoutSeconds: 20 });
}

test("a missing variable, missing credentials and credentials for nobody are one line and exit code 1", async (t) => {
  const { environment } = await prepare(t);
  const htpasswd = join(environment["CREDENTIALS_DIRECTORY"], "htpasswd");
  const fails = async (changed: Readonly<Record<string, string>>, line: string) => {
    const { code, stdout, stderr } = await runWith({ ...environment, ...changed });
    assert.deepEqual({ code, stdout, stderr }, { code: 1, stdout: "", stderr: line });
  };
  await fails({ STATE_DIRECTORY: "" }, "notes: STATE_DIRECTORY is not set\n");
  await fails({ PORT: "http" }, "notes: PORT is not a whole number from 0 to 65535: `http`\n");
  await writeFile(htpasswd, "# nobody\n");
  await fails({}, `notes: the credentials in \`${htpasswd}\` hold no user with a bcrypt password\n`);
  await rm(htpasswd);
  await fails({}, `notes: the credentials in \`${htpasswd}\` cannot be read\n`);
});

test("a taken port is one line and exit code 1", async (t) => {
  const { environment } = await prepare(t);
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, "127.0.0.1", resolve));
  t.after(() => squatter.close());
  const address = squatter.address();
  assert.ok(address !== null && typeof address === "object");
  const { code, stderr } = await runWith({ ...environment, PORT: String(address.port) });
  assert.deepEqual(
    { code, stderr },
    { code: 1, stderr: `notes: port ${address.port} of 127.0.0.1 is taken by another program\n` },
  );
});

test("SIGTERM ends the program with exit code 0, and the log holds one line", async (t) => {
  const { environment, folder } = await prepare(t);
  const logFile = join(folder, "log");
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  const { pid } = await start([process.execPath, main], {
    env: environment,
    logFile,
    onExit: ({ code }) => end(code),
  });
  const url = await t.waitFor(
    async () => {
      const address = /http:\S+/.exec(await readFile(logFile, "utf8"))?.[0];
      assert.ok(address !== undefined);
      return address;
    },
    { timeout: 20_000 },
  );
  assert.equal((await fetch(new URL("/healthz", url))).status, 200);
  process.kill(pid, "SIGTERM");
  assert.equal(await ended, 0);
  assert.equal(await readFile(logFile, "utf8"), `notes: listening on ${url}\n`);
});
