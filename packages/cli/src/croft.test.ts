import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { run } from "@croft/process";
import { main } from "./main.ts";
import type { Terminal } from "./terminal.ts";

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in `folder`, where nobody can be asked. */
async function croft(folder: string, ...args: readonly string[]): Promise<Ran> {
  let code = 0;
  const said = { out: "", err: "" };
  const on: Terminal = {
    folder,
    color: false,
    width: 100,
    print: (text) => {
      said.out += text;
    },
    error: (text) => {
      said.err += `${text}\n`;
    },
    exit: (next) => {
      code = next;
    },
    exitCode: () => code,
  };
  return { code: await main(args, on), ...said };
}

/** A repository with hosts that have no services. */
function workspace(t: TestContext, ...hosts: readonly string[]): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "croft-cli-")));
  t.after(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "nx.json"), "{}");
  mkdirSync(join(root, "hosts"));
  for (const host of hosts) {
    mkdirSync(join(root, "hosts", host));
    writeFileSync(join(root, "hosts", host, "host.ts"), "export default 1;\n");
  }
  return root;
}

test("help shows every command with one sentence", async () => {
  const { code, out } = await croft("/", "--help");
  assert.equal(code, 0);
  assert.equal(
    out,
    `Usage: croft [options] [command]

One repository for every machine you own.

Options:
  -h, --help                   display help for command

Commands:
  deploy [options] [hosts...]  Bring hosts to the state that the repository
                               describes.
  plan [options] [hosts...]    Show what a deploy would change, and why.
  status [options] [hosts...]  Ask hosts what they run.
  stop [options] [hosts...]    Stop what runs of embedded hosts; the next deploy
                               starts it again.
  host                         Add, rekey and retire machines.
  secrets                      Bring secrets up to date, and show them to their
                               owner.

Everything is deployed with \`npx nx run-many -t deploy\`, too.

Exit codes, of several the first that stands here: 6 unknown or broken · 5 rolled back · 4 unreachable ·
3 some hosts were not tried · 1 failed before any host was touched · 7 done, reboot needed ·
2 a plan has changes (with --exit-code) · 0 otherwise
`,
  );
});

for (const [command, ...options] of [
  ["host add", "--fingerprint"],
  ["host rekey", "--fingerprint"],
  ["host retire"],
  ["deploy", "--dry-run", "--json"],
  ["plan", "--exit-code", "--json"],
  ["status", "--json"],
  ["stop", "--json"],
  ["secrets update", "--dry-run", "--prune", "--rotate", "--json"],
  ["secrets show"],
] as const) {
  test(`\`croft ${command} --help\` names its options`, async () => {
    const { code, out } = await croft("/", ...command.split(" "), "--help");
    assert.equal(code, 0);
    assert.ok(out.startsWith(`Usage: croft ${command} `), out);
    for (const option of options) assert.ok(out.includes(option), `${option} in ${out}`);
  });
}

test("a misspelt command and a misspelt option end with 1 and the nearest name", async () => {
  assert.deepEqual(await croft("/", "host", "ad"), {
    code: 1,
    out: "",
    err: "error: unknown command 'ad'\n(Did you mean add?)\n(`croft --help` shows what there is)\n",
  });
  assert.deepEqual(await croft("/", "deploy", "--dryrun"), {
    code: 1,
    out: "",
    err: "error: unknown option '--dryrun'\n(Did you mean --dry-run?)\n(`croft --help` shows what there is)\n",
  });
});

test("outside of a repository the way in is shown", async () => {
  assert.deepEqual(await croft("/", "plan"), {
    code: 1,
    out: "",
    err: [
      "this is not a repository of Croft",
      "  at /",
      "  hint: run it in the folder that holds `nx.json` and `hosts`, or below\n",
    ].join("\n"),
  });
});

test("a host that does not exist has a nearest name, and nothing is done", async (t) => {
  const root = workspace(t, "barn", "mill");
  assert.deepEqual(await croft(join(root, "hosts"), "deploy", "bran"), {
    code: 1,
    out: "",
    err: "host `bran` does not exist\n  hint: did you mean `barn`?\n",
  });
});

test("a retired host leaves a word on what its owner has to do", async (t) => {
  const root = workspace(t, "barn", "mill");
  mkdirSync(join(root, "secrets", "recipients", "hosts"), { recursive: true });
  writeFileSync(join(root, "secrets", "recipients", "hosts", "mill.txt"), "ssh-ed25519 AAAA\n");
  assert.equal(
    (await croft(root, "host", "retire", "mill")).out,
    [
      "retired mill",
      "  hosts/mill",
      "  hosts/index.ts",
      "  secrets/known_hosts",
      "  secrets/recipients/hosts/mill.txt",
      "next: `npx nx secrets` takes its right to read secrets away",
      "next: `npx croft secrets update --prune` deletes those that nobody uses any more",
      "next: `npx croft secrets update --rotate <name…>` draws those anew that it knows",
      "",
    ].join("\n"),
  );
  assert.equal(
    (await croft(root, "host", "retire", "barn")).out,
    "retired barn\n  hosts/barn\n  hosts/index.ts\n",
  );
});

test("a host file that ends the process does not end it with 0", async (t) => {
  const root = workspace(t, "barn", "mill");
  writeFileSync(join(root, "hosts", "barn", "host.ts"), "export default 1;\nprocess.exit(0);\n");
  const program = join(import.meta.dirname, "..", "croft.js");
  assert.deepEqual(await run([process.execPath, program, "plan"], { cwd: root }), {
    code: 1,
    stdout: "",
    stderr: [
      "`croft` ended before its work was done",
      "  at hosts/barn/host.ts:2:9",
      "  hint: throw an error there instead of calling `process.exit`",
      "",
    ].join("\n"),
  });
});

test("a report is JSON when it is asked for, and its outcome is the exit code", async (t) => {
  const { code, out } = await croft(workspace(t, "barn"), "plan", "--json");
  const report = JSON.parse(out) as {
    readonly hosts: readonly { readonly host: string; readonly outcome: string }[];
  };
  assert.deepEqual(
    report.hosts.map(({ host, outcome }) => ({ host, outcome })),
    [{ host: "barn", outcome: "failed" }],
  );
  assert.equal(code, 1);
});

test("a Node without type stripping is told the way out in one line", async (t) => {
  const old =
    (await run(["sh", "-c", "ls /usr/local/bin/node /usr/bin/node 2>/dev/null"])).stdout.split("\n")[0] ?? "";
  const { stdout } =
    old === ""
      ? { stdout: "" }
      : await run([old, "-e", "process.stdout.write(process.versions.node.split('.')[0])"]);
  if (old === "" || Number(stdout) >= 24) return t.skip("no older Node is installed here");
  const { code, stderr } = await run([old, join(import.meta.dirname, "..", "croft.js"), "--help"]);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^croft runs on the Node 24 that `npm ci` installs, and this is \d+\.\d+: run `npm ci`, and then `npx croft`\n$/,
  );
});
