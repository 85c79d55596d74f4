import assert from "node:assert/strict";
import { test } from "node:test";
import { hostNames, hostsIndex } from "@croft/fleet";
import { layers } from "./layers.ts";
import { repositoryFiles, root, textOf } from "./repository.ts";

const files = await repositoryFiles();

/** The folders directly below apps, packages and tools, and those below hosts. */
const folders = [...new Set(files.map((path) => path.split("/").slice(0, 2).join("/")))].filter((folder) =>
  files.some((path) => path.startsWith(`${folder}/`)),
);
const projects = folders.filter((folder) => /^(?:apps|packages|tools)\//u.test(folder));
const hosts = folders.filter((folder) => folder.startsWith("hosts/"));

interface PackageJson {
  readonly name?: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly exports?: unknown;
  readonly croft?: { readonly layer?: string };
  readonly nx?: { readonly name?: string };
}

const packageOf = (folder: string): PackageJson => JSON.parse(textOf(`${folder}/package.json`));
const nameOf = (folder: string): string => folder.split("/")[1] ?? "";

test("there are projects to look at", () => {
  assert.ok(projects.length >= 15 && hosts.length >= 3);
});

test("names are unique over apps, hosts, packages and tools", () => {
  const names = [...projects, ...hosts].map(nameOf);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

test("every project has a README of one screen", () => {
  const without = projects.filter((folder) => !files.includes(`${folder}/README.md`));
  const long = projects.filter(
    (folder) => !without.includes(folder) && textOf(`${folder}/README.md`).trimEnd().split("\n").length > 60,
  );
  assert.deepEqual({ without, long }, { without: [], long: [] });
});

test("every project has tests of its own", () => {
  assert.deepEqual(
    projects.filter(
      (folder) => !files.some((path) => path.startsWith(`${folder}/`) && path.endsWith(".test.ts")),
    ),
    [],
  );
});

test("every project's package.json says what it is", () => {
  for (const folder of projects) {
    const { name, private: isPrivate, type, exports, croft, nx } = packageOf(folder);
    assert.deepEqual(
      { name, isPrivate, type, nx: nx?.name },
      { name: `@croft/${nameOf(folder)}`, isPrivate: true, type: "module", nx: nameOf(folder) },
      folder,
    );
    assert.ok(
      typeof exports === "object" && exports !== null && "." in exports,
      `${folder} exports something`,
    );
    assert.ok(
      layers.some((layer) => layer === croft?.layer),
      `${folder} names its layer`,
    );
  }
});

test("each kind of folder holds its own layers", () => {
  const allowed: Record<string, readonly string[]> = {
    apps: ["content"],
    packages: ["core", "domain", "platform", "root"],
    tools: ["tool"],
  };
  const strays = projects.filter(
    (folder) => !allowed[folder.split("/")[0] ?? ""]?.includes(packageOf(folder).croft?.layer ?? ""),
  );
  assert.deepEqual(strays, []);
});

test("hosts/index.ts is as `nx sync` writes it", () => {
  assert.equal(textOf("hosts/index.ts"), hostsIndex(hostNames(root)));
});
