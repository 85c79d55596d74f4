import assert from "node:assert/strict";
import { test } from "node:test";
import { asset, defineHost, evaluateFleet } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { manifestOf, sha256, textOf } from "@croft/plan";
import { buildDebian } from "./build.ts";
import { debian } from "./debian.ts";
import { declaredFiles } from "./entries.ts";
import { decodeGeneration, generationFile } from "./generation.ts";

const web = (address: string) =>
  defineHost("barn", { platform: debian({ address }), services: [], uses: [linux] }).config({
    linux: {
      files: {
        "/etc/web/page": {
          template: { source: asset("./build.test.ts"), data: { name: "barn" } },
          mode: "0640",
        },
        "/etc/other": { text: "hay" },
      },
      services: {
        web: {
          program: asset("./build.ts"),
          configurationDirectory: ["web"],
          execReload: "/bin/kill -HUP $MAINPID",
          loadCredential: { key: "/run/croft/secrets/a/key" },
        },
      },
      packages: ["curl"],
    },
  });

async function build(address: string) {
  const host = web(address);
  const sources = { root: import.meta.dirname, read: () => new TextEncoder().encode("I am {{name}}") };
  const evaluated = evaluateFleet({ hosts: [{ name: "barn", host }], sources }).host("barn");
  const bundle = (entry: string): Promise<Uint8Array> =>
    Promise.resolve(new TextEncoder().encode(`// ${entry.split("/").at(-1)}`));
  return buildDebian({
    host: "barn",
    config: evaluated.config,
    global: evaluated.global,
    read: sources.read,
    bundle,
  });
}

test("an artifact holds files, units and programs, and a description of them", async () => {
  const artifact = await build("embedded");
  assert.deepEqual(
    manifestOf(artifact).files.map(({ path }) => path),
    ["files/etc/other", "files/etc/web/page", "generation.json", "programs/web.mjs", "units/web.service"],
  );
  assert.equal(textOf(artifact, "files/etc/web/page"), "I am barn");
  assert.equal(textOf(artifact, "programs/web.mjs"), "// build.ts");
  const { units, packages } = decodeGeneration(textOf(artifact, generationFile), "the test");
  assert.deepEqual(packages, ["curl"]);
  assert.deepEqual(units, [
    {
      name: "web.service",
      sha256: sha256(textOf(artifact, "units/web.service")),
      starts: true,
      stays: true,
      reloads: true,
      program: { source: "programs/web.mjs", sha256: sha256("// build.ts") },
      files: ["/etc/web/page"],
      mounts: ["a/key"],
    },
  ]);
});

test("a real host also gets what brings it back after a boot", async () => {
  const artifact = await build("root@10.0.0.4");
  const { entries, packages } = decodeGeneration(textOf(artifact, generationFile), "the test");
  assert.deepEqual(packages, ["age", "curl", "nodejs"]);
  assert.deepEqual(
    entries.map(({ path }) => path).filter((path) => path.includes("croft")),
    [
      "/etc/systemd/system/basic.target.wants/croft-recover.service",
      "/etc/systemd/system/basic.target.wants/croft-secrets.service",
      "/etc/systemd/system/croft-recover.service",
      "/etc/systemd/system/croft-secrets.service",
    ],
  );
});

test("a file in a folder that no generation owns is refused", () => {
  const message = (path: string) => {
    const content = { text: "", template: undefined, asset: undefined };
    const values = {
      ...content,
      owner: "root",
      group: "root",
      mode: "0644",
      method: "link",
      replace: false,
    } as const;
    try {
      declaredFiles({ files: { [path]: values } }, () => new Uint8Array());
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
    return undefined;
  };
  assert.equal(message("/run/a"), "file `/run/a` lies in `/run/`, which no generation owns");
  assert.equal(message("/etc/.croft/a"), "file `/etc/.croft/a` lies in a `.croft`, which is Croft's own");
  assert.equal(message("/etc/a"), undefined);
});

test("building twice gives the same hash", async () => {
  assert.equal((await build("embedded")).hash, (await build("embedded")).hash);
});
