import assert from "node:assert/strict";
import { test } from "node:test";
import { debian } from "@croft/debian";
import { defineHost, diskSources, evaluateFleet } from "@croft/evaluator";
import { units } from "@croft/linux";
import { radicale } from "./module.ts";

const pantry = defineHost("pantry", {
  platform: debian({ address: "root@10.0.0.4" }),
  services: [radicale],
}).config({ radicale: { users: ["alice", "bob", "alice"], port: 5233 } });
const evaluation = evaluateFleet({
  hosts: [{ name: "pantry", host: pantry }],
  sources: diskSources(import.meta.dirname),
});
const { config } = evaluation.host("pantry");

test("a host that lists it is in order", () => {
  assert.deepEqual(evaluation.host("pantry").check(), []);
});

test("it listens where netsrv says, and reads the htpasswd file where secrets put it", () => {
  const text = config.linux.files["/etc/radicale/config"].text ?? "";
  const { radicale: service } = evaluation.global.netsrv.services;
  assert.equal(service.ports["http"].url, "http://10.0.0.4:5233/");
  assert.match(text, /^hosts = 0\.0\.0\.0:5233$/m);
  const { path } = evaluation.global.secrets.mounts["radicale/htpasswd"];
  assert.ok(text.includes(`htpasswd_filename = ${path}\n`));
});

test("each user has one password, and the htpasswd file is made from them", () => {
  const { specs } = evaluation.global.secrets;
  assert.deepEqual(Object.keys(specs), [
    "radicale/htpasswd",
    "radicale/passwords/alice",
    "radicale/passwords/bob",
  ]);
  assert.deepEqual(specs["radicale/htpasswd"].template?.data, { users: ["alice", "bob"] });
});

test("its unit runs Debian's program as Debian's user", () => {
  const unit = units(config.linux).find(({ name }) => name === "radicale.service");
  assert.match(unit?.text ?? "", /^ExecStart=\/usr\/bin\/radicale --config \/etc\/radicale\/config$/m);
  assert.match(unit?.text ?? "", /^User=radicale$/m);
  assert.ok(config.linux.packages.includes("radicale"));
});
