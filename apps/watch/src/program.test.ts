import assert from "node:assert/strict";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startWatch } from "./program.ts";
import type { Status } from "./status.ts";

/** A target as it is declared; what is left out is as in `blank`. */
type Declared = Partial<Status> & { readonly scheme?: "http" };

interface Watch {
  readonly url: string;
  declare(...targets: readonly Declared[]): Promise<void>;
  /** Waits until the only status is as wanted. */
  waitFor(wanted: Partial<Status>): Promise<Status>;
}

async function start(t: TestContext, ...targets: readonly Declared[]): Promise<Watch> {
  return startEvery(t, 1, ...targets);
}

async function startEvery(t: TestContext, seconds: number, ...targets: readonly Declared[]): Promise<Watch> {
  const folder = await mkdtemp(join(tmpdir(), "watch-"));
  t.after(() => rm(folder, { recursive: true }));
  const declare: Watch["declare"] = async (...declared) => {
    const text = JSON.stringify({ targets: declared.map((target) => ({ ...blank, ...target })) });
    // As a deploy does it: the watch must never read half a file.
    await writeFile(join(folder, "new"), text);
    await rename(join(folder, "new"), join(folder, "targets.json"));
  };
  await declare(...targets);
  const serving = await startWatch({
    CONFIGURATION_DIRECTORY: folder,
    INTERVAL_SECONDS: String(seconds),
    PORT: "0",
  });
  t.after(() => serving.close());
  return {
    url: serving.url,
    declare,
    waitFor: (wanted) =>
      t.waitFor(
        async () => {
          const [status] = await statusesAt(serving.url);
          assert.deepEqual({ ...status, ...wanted }, status);
          return status;
        },
        { timeout: 20_000 },
      ),
  };
}

const blank = {
  service: "x",
  host: "mill",
  title: "X",
  port: "http",
  protocol: "tcp",
  address: "127.0.0.1",
  number: 9,
};

async function statusesAt(url: string): Promise<readonly Status[]> {
  // The type is the one that the site makes it from.
  const { services } = (await (await fetch(new URL("/api/status", url))).json()) as {
    services: readonly Status[];
  };
  return services;
}

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

test("a service that goes down and comes back is seen, and since when", async (t) => {
  const server = createServer((_, response) => response.setHeader("connection", "close").end());
  const number = await listen(server);
  t.after(() => server.close());
  const url = `http://127.0.0.1:${number}/`;
  const watch = await start(t, { number, url });

  const up = await watch.waitFor({ state: "up", detail: "status 200", url });
  const later = await t.waitFor(
    async () => {
      const [status] = await statusesAt(watch.url);
      assert.notEqual(status.checked, up.checked);
      return status;
    },
    { timeout: 20_000 },
  );
  assert.equal(later.since, up.since);

  await new Promise((resolve) => server.close(resolve));
  const down = await watch.waitFor({ state: "down", detail: "connection refused" });
  assert.ok((down.since ?? "") > (up.since ?? ""));
  assert.ok((await (await fetch(watch.url)).text()).includes("1 of 1 is down"));
  await listen(server, number);
  await watch.waitFor({ state: "up" });
});

test("the watch finds itself up", async (t) => {
  const watch = await start(t);
  assert.ok((await (await fetch(watch.url)).text()).includes("Nothing to watch"));
  await watch.declare({ title: "Watch", url: watch.url });
  await watch.waitFor({ title: "Watch", state: "up" });
  assert.ok((await (await fetch(watch.url)).text()).includes("The one service is up"));
});

test("changed targets count from the next round, and broken ones leave things as before", async (t) => {
  const logged = t.mock.method(console, "error", () => {});
  const watch = await start(t, { title: "Old" });
  await watch.declare({ title: "New" });
  await watch.waitFor({ title: "New" });
  await watch.declare({ title: "" });
  await t.waitFor(() => assert.equal(logged.mock.callCount(), 1), { timeout: 20_000 });
  assert.match(
    String(logged.mock.calls[0].arguments[0]),
    /targets\.json` are as before: `targets\[0\]\.title` is no text$/,
  );
  await watch.waitFor({ title: "New" });
});

test("services are listed by host and title", async (t) => {
  const watch = await start(
    t,
    { host: "orchard" },
    { title: "B", number: 1 },
    { title: "A", number: 2, protocol: "udp" },
  );
  const listed = (await statusesAt(watch.url)).map(({ host, title }) => `${host} ${title}`);
  assert.deepEqual(listed, ["mill A", "mill B", "orchard X"]);
});

test("what targets say of themselves is text on the page, never markup or a script to follow", async (t) => {
  const evil = `"><script>alert(1)</script>`;
  const watch = await start(t, {
    title: evil,
    host: evil,
    port: evil,
    service: evil,
    url: "javascript:alert(1)",
    protocol: "udp",
  });
  const shown = await (await fetch(watch.url)).text();
  assert.ok(!shown.includes("<script") && !shown.includes("javascript:"));
});

test("the health of the program is told, and nothing can be sent to it", async (t) => {
  const { url } = await start(t);
  assert.equal(await (await fetch(new URL("/healthz", url))).text(), "ok\n");
  assert.equal((await fetch(new URL("/api/status", url), { method: "POST" })).status, 405);
  assert.equal((await fetch(new URL("/elsewhere", url))).status, 404);
});

test("missing or broken targets are one line", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "watch-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "targets.json");
  const start = () => startWatch({ CONFIGURATION_DIRECTORY: folder, PORT: "0" });
  await assert.rejects(start, {
    message: `the targets in \`${file}\` cannot be read: there is no such file`,
  });
  await writeFile(file, "[]");
  await assert.rejects(start, {
    message: `the targets in \`${file}\` cannot be read: \`targets\` is not a list`,
  });
});

test("what starts just after the watch is seen before the interval is over", async (t) => {
  const server = createServer((_, response) => response.setHeader("connection", "close").end());
  const number = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const watch = await startEvery(t, 3600, { scheme: "http", number, url: `http://127.0.0.1:${number}/` });
  await watch.waitFor({ state: "down" });
  await listen(server, number);
  t.after(() => server.close());
  assert.equal((await watch.waitFor({ state: "up" })).detail, "status 200");
});
