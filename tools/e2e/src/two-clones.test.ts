// Two clones of one user want the same ports.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Clone, openClone, portsOf } from "./clone.ts";
import { processesOf } from "./processes.ts";
import { outcomesOf } from "./report.ts";

describe("a clone whose ports another clone holds", { timeout: 600_000 }, () => {
  let first: Clone;
  let second: Clone;
  before(async () => {
    [first, second] = await Promise.all([openClone(), openClone()]);
    for (const host of ["barn", "mill", "orchard"]) {
      second.write(`hosts/${host}/host.ts`, first.read(`hosts/${host}/host.ts`));
    }
    const { code, text } = await first.nx("run-many -t deploy");
    assert.equal(code, 0, text);
  });
  after(async () => {
    await second[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
  });

  test("is told which one, and how to stop it, and nothing of either changes", async () => {
    const running = processesOf(first.folder).map(({ pid }) => pid);
    const { code, text } = await second.nx("run-many -t deploy");
    assert.equal(code, 1);
    assert.deepEqual(outcomesOf(second.folder), { barn: "failed", mill: "failed", orchard: "failed" });
    const services = { barn: "landing", mill: "notes", orchard: "watch" };
    for (const [host, service] of Object.entries(services)) {
      const message = [
        `port ${portsOf(first)[host]} of this machine is held by host \`${host}\` of the clone in \`${first.folder}\``,
        `  at service \`${service}\` of host \`${host}\``,
        `  hint: stop that clone: cd ${first.folder} && npx nx run-many -t stop`,
      ].join("\n");
      assert.ok(text.includes(`\n${host}: ${message}\n`), text);
    }
    assert.deepEqual(processesOf(second.folder), []);
    assert.equal(existsSync(join(second.folder, ".croft/hosts/mill/var/lib/croft/current")), false);
    assert.deepEqual(
      processesOf(first.folder).map(({ pid }) => pid),
      running,
    );
  });

  test("deploys after doing as it was told", async () => {
    const stop = await second.sh(`cd ${first.folder} && npx nx run-many -t stop`);
    assert.equal(stop.code, 0, stop.text);
    const { code, text } = await second.nx("run-many -t deploy");
    assert.equal(code, 0, text);
    assert.deepEqual(outcomesOf(second.folder), { barn: "changed", mill: "changed", orchard: "changed" });
  });

  test("a program of no clone that holds a port is named", async () => {
    const { createServer } = await import("node:net");
    await second.nx("run-many -t stop");
    const server = createServer();
    const port = portsOf(second)["mill"] ?? 0;
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    try {
      const { code, text } = await second.nx("run-many -t deploy -p mill");
      assert.equal(code, 1);
      const message = [
        `port ${port} of this machine is held by \`node\` (process ${process.pid})`,
        "  at service `notes` of host `mill`",
        "  hint: end that program, or give the service another port",
      ].join("\n");
      assert.ok(text.includes(message), text);
    } finally {
      server.close();
    }
  });
});
