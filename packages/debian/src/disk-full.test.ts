import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "@croft/process";
import { testingHost } from "./embedded/testing.ts";
import { wanted } from "./testing.ts";

const isRoot = process.getuid?.() === 0;
const canMount =
  isRoot &&
  (await run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).catch(() => ({ code: 1 })))
    .code === 0;
const skip = canMount ? false : "needs root and the right to mount a small file system";

test(
  "a full disk is found before anything is touched, and leaves the host as it was",
  { skip },
  async (t) => {
    const { root, deploy } = await testingHost(t);
    await mkdir(root, { recursive: true });
    assert.equal((await run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", root])).code, 0);
    try {
      await deploy(wanted({ "/etc/motd": "small" }));
      const message =
        /^host `barn` has no room for a new generation: \d+ KiB are free\n {2}at \.croft\/hosts\/barn\/var\/lib\/croft\n {2}hint: free some room there; nothing was changed$/;
      await assert.rejects(deploy(wanted({ "/etc/motd": "x".repeat(400_000) })), {
        code: "disk-full",
        message,
      });
      assert.equal(readFileSync(join(root, "etc/motd"), "utf8"), "small");
      assert.deepEqual(readdirSync(join(root, "var/lib/croft/generations")), ["1"]);

      // Now there is room for the generation, but not for the copy that it makes.
      const entries = { "/etc/copy": { method: "copy" } } as const;
      const copies = await deploy(
        wanted({ "/etc/motd": "small", "/etc/copy": "x".repeat(80_000) }, [], { entries }),
      );
      assert.equal(copies.activation?.result, "failed");
      assert.match(copies.activation.message, message);
      assert.deepEqual(readdirSync(join(root, "etc")), ["motd"]);
    } finally {
      await run(["umount", root]);
    }
  },
);
