// What the device's script asks of apt, with a stand-in that notes it.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { run } from "@croft/process";
import { scriptedDevice } from "./device.ts";
import { planDebian } from "./plan.ts";
import { factsOf, wantedOf } from "./testing-plan.ts";
import { deviceScript } from "./script.ts";

const apt = `#!/bin/sh
echo "$*" >>"$(dirname "$0")/asked"
case "$*" in *"-s remove library") printf 'Remv game [1]\\nRemv library [1]\\n' ;; *"-s remove "*) echo "Remv plain [1]" ;; esac
`;

/** A folder that stands for \`/\`, with files, and a way to run a part of the script there. */
async function place(t: TestContext, files: Readonly<Record<string, string>>) {
  const root = await mkdtemp(join(tmpdir(), "croft-packages-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ "bin/apt-get": apt, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await chmod(join(root, "bin/apt-get"), 0o755);
  const env = {
    CROFT_LIBRARY: "1",
    CROFT_ROOT: root,
    CROFT_RUN: join(root, "run"),
    PATH: `${join(root, "bin")}:${process.env["PATH"]}`,
  };
  return {
    root,
    read: (path: string): string => readFileSync(join(root, path), "utf8"),
    call: (command: string) => run(["sh", "-c", `${deviceScript}\n${command}`], { env }),
  };
}

test("a package whose removal takes others along stays", async (t) => {
  const control = "var/lib/croft/generations/2/.croft";
  const { read, call } = await place(t, {
    [`${control}/uninstall`]: "library\nplain\n",
    "var/lib/croft/packages": "library\nplain\n",
  });
  assert.deepEqual(await call("uninstall 2"), { code: 0, stdout: "", stderr: "" });
  assert.equal(read(`${control}/left`), "left\tlibrary\tgame\n");
  assert.equal(read("var/lib/croft/packages"), "library\n");
  const asked = read("bin/asked").split("\n");
  assert.deepEqual(
    asked.filter((line) => line.includes("-y remove")).map((line) => line.split(" ").slice(-3)),
    [["-y", "remove", "plain"]],
  );
});

test("packages that are removed together may depend on each other", async (t) => {
  const control = "var/lib/croft/generations/2/.croft";
  const { read, call } = await place(t, { [`${control}/uninstall`]: "game\nlibrary\nplain\n" });
  await call("uninstall 2");
  assert.equal(read(`${control}/left`), "");
});

test("a package that stays is told, with what it would take along", async () => {
  const connection = {
    target: "root@barn",
    run: () => Promise.resolve({ code: 0, stdout: "left\tlibrary\tgame chess\n", stderr: "" }),
  };
  const plan = planDebian(
    { ...factsOf({ packages: ["library"] }), installedByCroft: ["library"] },
    wantedOf({ packages: [] }),
  );
  const device = scriptedDevice({ host: "barn", connection, wanted: wantedOf({}) });
  await assert.rejects(device.commit(plan), {
    message: "package `library` stays: without it, apt would remove game chess as well",
  });
});

for (const command of ["recover", "secrets"]) {
  test(`\`${command}\` removes the policy that a killed deploy left behind, and no other`, async (t) => {
    const policy = "usr/sbin/policy-rc.d";
    const ours = { [policy]: "#!/bin/sh\n# croft: until this deploy is done\n", "var/lib/croft/lock": "" };
    const left = await place(t, ours);
    await left.call(command);
    assert.equal(existsSync(join(left.root, policy)), false);
    const theirs = await place(t, { ...ours, [policy]: "#!/bin/sh\nexit 101\n" });
    await theirs.call(command);
    assert.equal(theirs.read(policy), "#!/bin/sh\nexit 101\n");
  });
}
