// What a person gets wrong: a clear error, an exit status, and everything as it was.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Clone, openClone, portsOf } from "./clone.ts";
import { outcomesOf } from "./report.ts";
import { differencesSince, snapshotOf } from "./snapshot.ts";

/** A host that reads nothing of the others. */
const shed = `import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";

export default defineHost("shed", { platform: debian({ address: "embedded" }), services: [] }).config({
  linux: { files: { "/etc/motd": { text: "Mind the rake.\\n" } } },
});
`;

/** The host of the example fleet with the notes, line by line, so that places in it are known. */
const mill = (port: number): string => `import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";
import { netsrv } from "@croft/netsrv";
import { notes } from "@croft/notes";
import { secrets } from "@croft/secrets";
import { watch } from "@croft/watch";

export default defineHost("mill", {
  platform: debian({ address: "embedded" }),
  services: [notes],
  uses: [netsrv, secrets],
})
  .config({
    notes: {
      port: ${port},
      users: ["alice"],
    },
  })
  .global({
    netsrv: {},
    secrets: {},
  });

export { watch };
`;

/** One mistake: what is written instead of what, and what a deploy says of it. */
interface Mistake {
  readonly edits: readonly (readonly [path: string, from: string, to: string])[];
  /** Hosts that are not deployed; the others are. */
  readonly failed: readonly string[];
  /** As they stand below the outcomes, whole. */
  readonly messages: readonly string[];
}

const file = "hosts/mill/host.ts";

const mistakes: Readonly<Record<string, (place: (path: string, text: string) => string) => Mistake>> = {
  "a syntax error fails its host, and those that read what it may have defined": (place) => ({
    edits: [[file, "services: [notes],", "services: [notes,"]],
    failed: ["barn", "mill", "orchard"],
    messages: [
      [
        "mill: `hosts/mill/host.ts` cannot be loaded: Expected ',', got ':'",
        "  at hosts/mill/host.ts:11:7",
      ].join("\n"),
      [
        "barn: host `mill` cannot be loaded, and this one reads global options that it could define",
        "  `hosts/mill/host.ts` cannot be loaded: Expected ',', got ':'",
        "    at hosts/mill/host.ts:11:7",
        `  at ${place("apps/landing/module.ts", "HOST: ({ global })")} on host \`barn\``,
      ].join("\n"),
    ],
  }),
  "an option that does not exist fails its host, and those whose values it may be": () => ({
    edits: [[file, "port:", "prot:"]],
    failed: ["barn", "mill", "orchard"],
    messages: [
      [
        "barn, mill, orchard: option `notes.prot` does not exist",
        "  at hosts/mill/host.ts:15:7",
        "  hint: did you mean `notes.port`?",
      ].join("\n"),
    ],
  }),
  "a value of a wrong type fails its host alone": () => ({
    edits: [[file, `["alice"]`, `"alice"`]],
    failed: ["mill"],
    messages: [
      [
        "mill: option `notes.users` is invalid: expected array, received string",
        "  at hosts/mill/host.ts:16:7",
      ].join("\n"),
    ],
  }),
  "a reference to a service that nobody defines fails its host alone": () => ({
    edits: [
      [
        file,
        "    notes: {",
        "    linux: { files: { '/etc/wiki': { text: ({ global }) => global.netsrv.services.wiki.fqdn } } },\n    notes: {",
      ],
    ],
    failed: ["mill"],
    messages: [
      [
        "mill: entry `netsrv.services.wiki` does not exist",
        "  at hosts/mill/host.ts:14:38",
        "  hint: there is `netsrv.services.landing`, `netsrv.services.notes`, `netsrv.services.watch`",
      ].join("\n"),
    ],
  }),
  "a mount of a secret that nobody defines fails its host alone": () => ({
    edits: [[file, "secrets: {},", `secrets: { mounts: { "notes/htpaswd": {} } },`]],
    failed: ["mill"],
    messages: [
      [
        "mill: secret `notes/htpaswd` does not exist",
        "  at hosts/mill/host.ts:21:26",
        "  hint: did you mean `notes/htpasswd`?",
      ].join("\n"),
    ],
  }),
  "a secret that reads one that nobody defines fails its host alone": (place) => ({
    edits: [
      [
        "apps/notes/module.ts",
        `readSecret (fmt "notes/passwords/%s" this)`,
        `readSecret (fmt "notes/password/%s" this)`,
      ],
    ],
    failed: ["mill"],
    messages: [
      [
        "mill: secret `notes/htpasswd` reads secret `notes/password/alice`, which does not exist",
        `  at ${place("apps/notes/module.ts", "template: { content")} on host \`mill\``,
        "  hint: did you mean `notes/passwords/alice`?",
      ].join("\n"),
    ],
  }),
};

describe("a mistake", { timeout: 600_000 }, () => {
  let clone: Clone;
  before(async () => {
    clone = await openClone();
    clone.write("hosts/shed/host.ts", shed);
    clone.write(file, mill(portsOf(clone)["mill"] ?? 0));
    await clone.nx("sync");
    await clone.commit();
    const { code, text } = await clone.nx("run-many -t deploy");
    assert.equal(code, 0, text);
  });
  after(() => clone[Symbol.asyncDispose]());

  const placeOf = (path: string, text: string): string => {
    const before = clone.read(path).split(text)[0]?.split("\n") ?? [];
    return `${path}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
  };

  for (const [claim, mistake] of Object.entries(mistakes)) {
    test(`${claim}; all is as it was`, async () => {
      const { edits, failed, messages } = mistake(placeOf);
      const was = snapshotOf(clone);
      for (const [path, from, to] of edits) clone.edit(path, from, to);
      const { code, text } = await clone.nx("run-many -t deploy");
      await clone.restore();
      assert.equal(code, 1);
      const outcomes = ["barn", "mill", "orchard", "shed"].map((host) => [
        host,
        failed.includes(host) ? "failed" : "unchanged",
      ]);
      assert.deepEqual(outcomesOf(clone.folder), Object.fromEntries(outcomes), text);
      for (const message of messages) assert.ok(text.includes(`\n${message}\n`), text);
      assert.deepEqual(differencesSince(was, clone), []);
    });
  }

  test("two services on one port of a host fail it, with both places, and not those that only read of them", async () => {
    const wiki = "{ wiki: { ports: { http: { port: ({ config }) => config.notes.port } } } }";
    clone.edit(file, "netsrv: {},", `netsrv: { services: ${wiki} },`);
    const { code, text } = await clone.nx("run-many -t deploy");
    await clone.restore();
    assert.equal(code, 1);
    const port = portsOf(clone)["mill"];
    const message = [
      `mill: port ${port}/tcp of host \`mill\` is wanted by \`notes\` and \`wiki\``,
      `  at ${placeOf("apps/notes/module.ts", "port: ({ config }) => config.notes.port, scheme")} on host \`mill\``,
      "  at hosts/mill/host.ts:20:52",
      "  hint: give one of them another port, or move one to another host",
    ].join("\n");
    assert.ok(text.includes(`\n${message}\n`), text);
    const outcomes = { barn: "changed", mill: "failed", orchard: "changed", shed: "unchanged" };
    assert.deepEqual(outcomesOf(clone.folder), outcomes);
    const again = await clone.nx("run-many -t deploy");
    assert.equal(again.code, 0, again.text);
    assert.deepEqual(outcomesOf(clone.folder), { ...outcomes, mill: "unchanged" });
  });

  test("an option that `nx deploy` does not have is refused before any host is touched", async () => {
    const was = snapshotOf(clone);
    const { code, text } = await clone.nx("deploy barn --dryrun");
    assert.equal(code, 1);
    assert.ok(
      text.includes(
        "\noption `--dryrun` does not exist for `nx deploy`\n  hint: did you mean `--dry-run`?\n",
      ),
      text,
    );
    assert.deepEqual(differencesSince(was, clone), []);
  });

  test("a dry run of a deploy shows each step with its reason, and changes no host", async () => {
    clone.edit("hosts/shed/host.ts", "Mind the rake.", "Mind the hoe.");
    const { code, text } = await clone.nx("run-many -t deploy --dry-run");
    assert.equal(code, 0, text);
    assert.match(text, /^shed +would change +1 step\n {2}update {2}\/etc\/motd: has other content$/mu);
    assert.match(clone.read(".croft/hosts/shed/etc/motd"), /rake/u);
    assert.equal((await clone.croft("plan --exit-code shed")).code, 2);
    await clone.restore();
    const again = await clone.nx("run-many -t deploy");
    assert.equal(again.code, 0, again.text);
    assert.equal(outcomesOf(clone.folder)["shed"], "unchanged");
  });
});
