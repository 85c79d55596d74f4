import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { diskSources, evaluateFleet } from "@croft/evaluator";
import { units } from "@croft/linux";
import { run } from "@croft/process";
import barn from "./barn.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const evaluation = evaluateFleet({
  hosts: [{ name: "barn", host: barn }],
  sources: diskSources(root),
});

test("the host that the design shows evaluates without a complaint", () => {
  assert.deepEqual(evaluation.host("barn").check(), []);
});

test("a service's options reach its unit", () => {
  const unit = units(evaluation.host("barn").config.linux).find(({ name }) => name === "radicale.service");
  assert.match(unit?.text ?? "", /^ExecStart=\/usr\/bin\/radicale --hosts :5232$/m);
});

test("secrets, mailboxes and ports that the host asks for are seen by all", () => {
  const { secrets, mail, netsrv } = evaluation.global;
  assert.deepEqual(Object.keys(secrets.specs), ["radicale/passwords/alice", "radicale/passwords/bob"]);
  assert.deepEqual({ ...mail.accounts["paperless@home.arpa"].permissions }, { send: false, receive: true });
  assert.equal(netsrv.services.radicale.ports["http"]?.port, 5232);
  assert.equal(netsrv.services.radicale.fqdn, "radicale.home.arpa");
});

for (const compiler of ["typescript", "typescript-native"]) {
  test(`${compiler} compiles the example, and refuses each mistake at its word`, async () => {
    const tsc = join(root, "node_modules", compiler, "bin", "tsc");
    const result = await run([process.execPath, tsc, "--noEmit", "-p", join(root, "tools/authoring")]);
    assert.equal(result.stdout, "");
    assert.equal(result.code, 0);
  });
}
