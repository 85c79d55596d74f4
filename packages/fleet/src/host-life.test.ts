import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { CroftError } from "@croft/evaluator";
import { startSshd, whyNoSshd } from "@croft/remote/testing";
import { addHost, retireHost } from "./host-life.ts";

function workspace(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), "croft-life-"));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "hosts", "mill"), { recursive: true });
  writeFileSync(join(root, "hosts", "mill", "host.ts"), "");
  mkdirSync(join(root, "apps", "notes"), { recursive: true });
  return root;
}

const messageOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "nothing was thrown",
    (error: unknown) => (error instanceof CroftError ? error.message : String(error)),
  );

const noSshd = await whyNoSshd();

test("a name that is no host name, or that is taken, is refused", async (t) => {
  const root = workspace(t);
  assert.equal(
    await messageOf(addHost(root, "Barn!", "root@10.0.0.4", {})),
    "`Barn!` is no name of a host\n  hint: use lower-case letters, digits and dashes, and a letter first",
  );
  assert.equal(
    await messageOf(addHost(root, "notes", "root@10.0.0.4", {})),
    "there is a project `notes` already\n  at apps/notes\n  hint: take another name",
  );
  assert.equal(
    await messageOf(addHost(root, "mill", "root@10.0.0.4", {})),
    [
      "there is a project `mill` already",
      "  at hosts/mill",
      "  hint: take another name, or `npx croft host rekey mill` for a machine installed anew",
    ].join("\n"),
  );
});

test(
  "a machine that nobody vouches for is not added, and nothing is written",
  { skip: noSshd },
  async (t) => {
    const root = workspace(t);
    const sshd = await startSshd(t);
    const target = `${sshd.user}@127.0.0.1:${sshd.port}`;
    const alone = await messageOf(addHost(root, "barn", target, {}));
    const [, shown] = /shown: (SHA256:\S+)/.exec(alone) ?? [];
    assert.equal(
      alone,
      [
        `nobody is here to trust the host key of \`${target}\``,
        `  at shown: ${shown}`,
        `  hint: compare it on the machine, then add \`--fingerprint ${shown}\``,
      ].join("\n"),
    );
    assert.match(
      await messageOf(addHost(root, "barn", target, { fingerprint: "SHA256:other" })),
      /^`\S+` shows another host key than the one you named\n {2}at named: SHA256:other\n {2}at shown: SHA256:/,
    );
    const questions: string[] = [];
    const ask = (question: string): Promise<boolean> => Promise.resolve(questions.push(question) === 0);
    assert.match(
      await messageOf(addHost(root, "barn", target, { ask })),
      /^the host key of `\S+` was not trusted\n/,
    );
    assert.deepEqual(questions, [`The host key of ${target} is ${shown}. Is it the machine's own?`]);
    assert.deepEqual(readdirSync(join(root, "hosts")), ["mill"]);
    assert.equal(existsSync(join(root, "secrets")), false);
  },
);

test("a retired host leaves no key behind", async (t) => {
  const root = workspace(t);
  mkdirSync(join(root, "secrets"));
  writeFileSync(join(root, "secrets", "known_hosts"), "barn ssh-ed25519 AAAA\nmill ssh-ed25519 BBBB\n");
  assert.equal(
    await messageOf(retireHost(root, "mil")),
    "host `mil` does not exist\n  hint: did you mean `mill`?",
  );
  assert.deepEqual(await retireHost(root, "mill"), {
    written: ["hosts/mill", "hosts/index.ts"],
    readSecrets: false,
    runsHere: false,
  });
  assert.equal(readFileSync(join(root, "secrets", "known_hosts"), "utf8"), "barn ssh-ed25519 AAAA\n");
  assert.deepEqual(readdirSync(join(root, "hosts")), ["index.ts"]);
});
