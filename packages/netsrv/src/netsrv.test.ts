import assert from "node:assert/strict";
import { test } from "node:test";
import { defineFleet, defineHost, diskSources, each, evaluateFleet } from "@croft/evaluator";
import { type FleetModule, type GlobalBody, type Host, type HostPlatform } from "@croft/evaluator";
import { netsrv } from "./netsrv.ts";

declare module "@croft/netsrv" {
  interface Services {
    web: true;
    wiki: true;
  }
}

const addresses: Readonly<Record<string, string>> = { barn: "10.0.0.1", mill: "10.0.0.2", cart: "10.0.0.1" };

const platform: HostPlatform<"netsrv"> = { name: "bare", uses: [netsrv], contributions: [] };
const host = (name: string, body: GlobalBody<"netsrv"> = {}): Host<"netsrv"> =>
  defineHost(name, { platform, services: [], uses: [netsrv] })
    .global({
      netsrv: { hosts: each(({ host }) => [host.name], { address: ({ key }) => addresses[key] ?? "" }) },
    })
    .global(body);

function evaluate(hosts: readonly Host<"netsrv">[], fleet?: FleetModule<"netsrv">) {
  const loaded = hosts.map((each) => ({ name: each.name, host: each }));
  return evaluateFleet({
    hosts: loaded,
    fleet,
    sources: diskSources(import.meta.dirname),
  });
}
const problems = (hosts: readonly Host<"netsrv">[], name: string): readonly string[] =>
  evaluate(hosts)
    .host(name)
    .check()
    .map(({ message }) => message.replaceAll(/ at \S+:\d+:\d+/g, " at PLACE"));

const web = (port: number): GlobalBody<"netsrv"> => ({
  netsrv: { services: { web: { ports: { http: { port, scheme: "http" } } } } },
});
const wiki = (port: number): GlobalBody<"netsrv"> => ({
  netsrv: { services: { wiki: { ports: { http: { port } } } } },
});

test("a service gets host, address, name, title and URL from where it is declared", () => {
  const { web: values } = evaluate([host("barn", web(8080)), host("mill")]).global.netsrv.services;
  assert.deepEqual(
    [values.host, values.address, values.fqdn, values.title, values.ports["http"]?.url],
    ["barn", "10.0.0.1", "web.home.arpa", "Web", "http://10.0.0.1:8080/"],
  );
});

test("a service that moves to another host takes its URL along", () => {
  const { web: values } = evaluate([host("barn"), host("mill", web(80))]).global.netsrv.services;
  assert.equal(values.ports["http"]?.url, "http://10.0.0.2/");
});

test("with DNS, URLs hold names", () => {
  const fleet = defineFleet({ uses: [netsrv] }).global({ netsrv: { dns: true, domain: "croft.test" } });
  const { web: values } = evaluate([host("barn", web(8080))], fleet).global.netsrv.services;
  assert.equal(values.ports["http"]?.url, "http://web.croft.test:8080/");
});

test("two services on one port of a host are refused once, with both places", () => {
  const hosts = [host("barn", web(80)).global(wiki(80)), host("mill")];
  assert.deepEqual(problems(hosts, "barn"), [
    [
      "port 80/tcp of host `barn` is wanted by `web` and `wiki`",
      "  at PLACE",
      "  at PLACE",
      "  hint: give one of them another port, or move one to another host",
    ].join("\n"),
  ]);
  assert.deepEqual(problems(hosts, "mill"), []);
});

test("hosts that share an address share its ports: both are refused", () => {
  const hosts = [host("barn", web(80)), host("cart", wiki(80))];
  assert.match(
    problems(hosts, "barn")[0] ?? "",
    /^port 80\/tcp of hosts `barn` and `cart`, which share an address, is wanted by `web` and `wiki`\n/,
  );
  assert.equal(problems(hosts, "cart").length, 1);
});

test("a service that another host places here is seen", () => {
  const placed: GlobalBody<"netsrv"> = {
    netsrv: { services: { wiki: { host: "barn", ports: { http: { port: 80 } } } } },
  };
  assert.equal(problems([host("barn", web(80)), host("mill", placed)], "barn").length, 1);
});

test("one port over two protocols, and two ports with one number on two addresses, are fine", () => {
  const udp: GlobalBody<"netsrv"> = {
    netsrv: { services: { wiki: { ports: { http: { port: 80, protocol: "udp" } } } } },
  };
  assert.deepEqual(problems([host("barn", web(80)).global(udp)], "barn"), []);
  assert.deepEqual(problems([host("barn", web(80)), host("mill", wiki(80))], "barn"), []);
});

test("a port that is in error fails its own host, not its neighbours", () => {
  const hosts = [host("barn", web(80)), host("cart", wiki(70_000))];
  assert.deepEqual(problems(hosts, "barn"), []);
  assert.match(
    problems(hosts, "cart")[0] ?? "",
    /^option `netsrv\.services\.wiki\.ports\.http\.port` is invalid: too big/,
  );
});

test("a service that nobody declares is an error where it is read", () => {
  const reader = host("barn", {
    netsrv: { services: { web: { title: ({ global }) => global.netsrv.services.wiki.fqdn } } },
  });
  assert.deepEqual(problems([reader], "barn"), [
    "entry `netsrv.services.wiki` does not exist\n  at PLACE\n  hint: there is `netsrv.services.web`",
  ]);
});
