import assert from "node:assert/strict";
import { test } from "node:test";
import { debianSources, proxyOf } from "./mirrors.ts";
import { mirrorsOf } from "./relay.ts";

const listed = [
  "Packages|Debian|main|trixie|http://mirror.test/debian/",
  "DEP-11|Debian|main|trixie|http://mirror.test/debian/",
  "Packages|Debian|contrib|trixie|http://mirror.test/debian/",
  "Packages|Debian|main|trixie-security|https://security.test:8443/debian-security/",
  "Packages|Debian Backports|main|trixie-backports|http://mirror.test/debian/",
  "Packages|Somebody|main|trixie|https://elsewhere.test/debian/",
  "Packages|Debian|main|trixie-updates|file:/srv/debian/",
  "",
].join("\n");

test("only Debian's own main packages of the running release are taken", () => {
  assert.deepEqual(debianSources("trixie", listed), [
    { url: "http://mirror.test/debian/", suite: "trixie" },
    { url: "https://security.test:8443/debian-security/", suite: "trixie-security" },
  ]);
});

test("each mirror's name has an address of its own in the lab", () => {
  const sources = [
    ...debianSources("trixie", listed),
    { url: "https://mirror.test/more", suite: "trixie-updates" },
  ];
  assert.deepEqual(
    mirrorsOf({ sources }).map(({ name, address, port, socket }) => `${address} ${name}:${port} ${socket}`),
    [
      "10.77.0.1 mirror.test:80 relay-0.sock",
      "10.77.0.1 mirror.test:443 relay-1.sock",
      "10.77.0.2 security.test:8443 relay-2.sock",
    ],
  );
});

test("apt's own proxy comes before the environment's", () => {
  const sources = [{ url: "http://mirror.test/debian/", suite: "trixie" }];
  const environment = { http_proxy: "http://env.test:3128", https_proxy: "http://other.test:3128" };
  const dump = 'Acquire "";\nAcquire::http::Proxy "http://apt.test:3142";\n';
  assert.equal(proxyOf(dump, environment, sources), "http://apt.test:3142");
  assert.equal(proxyOf("", environment, sources), "http://env.test:3128");
  assert.equal(proxyOf('Acquire::http::Proxy "DIRECT";', environment, sources), undefined);
  assert.equal(proxyOf("", {}, sources), undefined);
});
