import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprint, showSshConfig } from "./ssh-files.ts";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7cPpCxLzUtnNVMIHxkvdIMkdjS0CRVlTYuJrB5mR5Z";

test("a fingerprint is what ssh-keygen shows", () => {
  assert.equal(fingerprint(publicKey), "SHA256:Mii2MauRxS2B5YkM4OHjQGzri6tHwsCkWQhN/Khl16o");
});

test("a host is pinned by name, and every host lets the lab's key in", () => {
  const place = {
    folder: "/lab",
    id: "01234567",
    namespace: "n",
    namespaceFile: "/run/netns/n",
    cgroup: "n",
  };
  assert.equal(
    showSshConfig(place, [{ name: "barn", address: "10.77.0.11", publicKey }]),
    [
      "Host barn",
      "  HostName 10.77.0.11",
      '  UserKnownHostsFile "/lab/known_hosts"',
      "  StrictHostKeyChecking yes",
      "Host *",
      "  User root",
      '  IdentityFile "/lab/id_ed25519"',
      "  IdentitiesOnly yes",
      "  BatchMode yes",
      "  ConnectTimeout 5",
      "  LogLevel ERROR",
      "",
    ].join("\n"),
  );
});
