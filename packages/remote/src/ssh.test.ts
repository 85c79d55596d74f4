import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { test, type TestContext } from "node:test";
import { run } from "@croft/process";
import { askHostKey, type Connection, parseHostKey, sshArguments, sshConnection } from "./index.ts";
import { freePort, startSshd, type TestingSshd, whyNoSshd } from "./testing-sshd.ts";

const skip = (await whyNoSshd()) ?? false;

const address = ({ port, user }: TestingSshd) => ({ user, host: "127.0.0.1", port });

async function barn(
  t: TestContext,
): Promise<{ sshd: TestingSshd; connection: Connection; knownHosts: string }> {
  const sshd = await startSshd(t);
  const knownHosts = join(sshd.folder, "known hosts 100%");
  await writeFile(knownHosts, `barn ${sshd.hostKey}\n`);
  const connection = sshConnection({ host: "barn", address: address(sshd), knownHosts, config: sshd.config });
  return { sshd, connection, knownHosts };
}

test("words arrive as they are, input and output too", { skip }, async (t) => {
  const { connection } = await barn(t);
  const result = await connection.run(
    ["sh", "-c", 'printf "<%s>" "$@"; cat', "sh", "it's", "$HOME", "a  b"],
    { input: "!" },
  );
  assert.deepEqual(result, { code: 0, stdout: "<it's><$HOME><a  b>!", stderr: "" });
});

test("a command that fails is a result, and one connection", { skip }, async (t) => {
  const { connection, sshd } = await barn(t);
  assert.equal((await connection.run(["sh", "-c", "exit 7"])).code, 7);
  assert.equal(await sshd.logins(), 1);
});

test("a machine that does not answer is unreachable", { skip }, async (t) => {
  const { sshd, knownHosts } = await barn(t);
  const port = await freePort();
  const connection = sshConnection({
    host: "barn",
    address: { ...address(sshd), port },
    knownHosts,
    config: sshd.config,
  });
  const target = `${sshd.user}@127.0.0.1:${port}`;
  await assert.rejects(connection.run(["true"]), {
    code: "host-unreachable",
    message: [
      `host \`barn\` cannot be reached: connect to host 127.0.0.1 port ${port}: Connection refused`,
      `  at ${target}`,
      `  hint: is it on? try \`ssh -p ${port} ${sshd.user}@127.0.0.1\``,
    ].join("\n"),
  });
});

test("a changed host key is refused", { skip }, async (t) => {
  const { sshd, connection } = await barn(t);
  await sshd.rekey();
  await assert.rejects(connection.run(["true"]), {
    code: "host-key-changed",
    message: [
      "host `barn` shows another host key than the pinned one",
      `  at ${connection.target}, pinned in ${basename(sshd.folder)}/known hosts 100%`,
      "  hint: if the machine was installed anew, check its fingerprint there and run `npx croft host rekey barn`; otherwise somebody stands between",
    ].join("\n"),
  });
});

test("a host key that nobody pinned is refused", { skip }, async (t) => {
  const { sshd, connection, knownHosts } = await barn(t);
  await writeFile(knownHosts, "");
  await assert.rejects(connection.run(["true"]), {
    code: "host-key-unknown",
    message: [
      "host `barn` shows a host key that is not pinned",
      `  at ${connection.target}, to be pinned in ${basename(sshd.folder)}/known hosts 100%`,
      "  hint: check its fingerprint there and run `npx croft host rekey barn`",
    ].join("\n"),
  });
});

test(
  "nothing that the user configured vouches for a key, and no key is pinned on the way",
  { skip },
  async (t) => {
    const { sshd, connection, knownHosts } = await barn(t);
    const vouch = join(sshd.folder, "vouch");
    await writeFile(vouch, `#!/bin/sh\necho 'barn ${sshd.hostKey}'\n`, { mode: 0o755 });
    const own = [
      `KnownHostsCommand ${vouch}`,
      "VerifyHostKeyDNS yes",
      "UpdateHostKeys yes",
      "LocalForward 1 a:1",
    ];
    await writeFile(sshd.config, `${await readFile(sshd.config, "utf8")}${own.join("\n")}\n`);
    const given = sshArguments(
      { host: "barn", address: address(sshd), knownHosts, config: sshd.config },
      false,
    );
    const { stdout } = await run(["ssh", "-G", ...given]);
    const read =
      /^(?:knownhostscommand|verifyhostkeydns|updatehostkeys|clearallforwardings|localforward) .*$/gm;
    assert.deepEqual(stdout.match(read)?.toSorted(), [
      "clearallforwardings yes",
      "updatehostkeys false",
      "verifyhostkeydns false",
    ]);
    assert.equal((await connection.run(["true"])).code, 0);
    await writeFile(knownHosts, "");
    await assert.rejects(connection.run(["true"]), { code: "host-key-unknown" });
  },
);

test("a login that is refused says what to make work", { skip }, async (t) => {
  const { sshd, connection } = await barn(t);
  await writeFile(join(sshd.folder, "authorized"), "");
  await assert.rejects(connection.run(["true"]), {
    code: "authentication-refused",
    message: [
      `host \`barn\` refuses the login: ${sshd.user}@127.0.0.1: Permission denied (publickey)`,
      `  at ${connection.target}`,
      `  hint: make \`ssh -p ${sshd.port} ${sshd.user}@127.0.0.1\` work without a password first: an agent, or an IdentityFile in ~/.ssh/config`,
    ].join("\n"),
  });
});

test("a machine is asked for its key without a login", { skip }, async (t) => {
  const { sshd } = await barn(t);
  process.env["CROFT_SSH_CONFIG"] = sshd.config;
  t.after(() => delete process.env["CROFT_SSH_CONFIG"]);
  assert.deepEqual(await askHostKey("barn", address(sshd)), parseHostKey(sshd.hostKey));
  assert.equal(await sshd.logins(), 0);
});

test("a fingerprint is the one that ssh-keygen shows", () => {
  const key = parseHostKey(
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl comment",
  );
  // The published fingerprint of github.com.
  assert.equal(key.fingerprint, "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
});
