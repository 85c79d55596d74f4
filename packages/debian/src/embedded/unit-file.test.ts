import assert from "node:assert/strict";
import { test } from "node:test";
import { parseServiceFile } from "./unit-file.ts";

const start = "ExecStart=/usr/bin/node /var/lib/croft/current/programs/web.mjs";

test("a service of ours is understood", () => {
  assert.deepEqual(
    parseServiceFile(`[Service]
${start} "--title=a \\"b\\"" 100%% $$HOME
Environment="A=1 2"
Environment=B=3 C=4
StateDirectory=web web/cache
LoadCredential=key:/run/croft/secrets/a/key
Restart=on-failure
RestartSec=2
`),
    {
      program: ["/var/lib/croft/current/programs/web.mjs", '--title=a "b"', "100%", "$HOME"],
      environment: { A: "1 2", B: "3", C: "4" },
      stateDirectories: ["web", "web/cache"],
      configurationDirectories: [],
      runtimeDirectories: [],
      cacheDirectories: [],
      credentials: { key: "/run/croft/secrets/a/key" },
      restart: "on-failure",
      restartSeconds: 2,
      workingDirectory: undefined,
    },
  );
});

test("an empty value forgets those before it", () => {
  assert.deepEqual(
    parseServiceFile(`${start}\nEnvironment=A=1\nEnvironment=\nEnvironment=B=2\n`)?.environment,
    { B: "2" },
  );
});

for (const other of [
  "/usr/bin/radicale",
  "/usr/bin/node /srv/web.mjs",
  "/usr/bin/node /var/lib/croft/current/programs/../../x.mjs",
]) {
  test(`${other} is not ours`, () => assert.equal(parseServiceFile(`ExecStart=${other}\n`), undefined));
}
