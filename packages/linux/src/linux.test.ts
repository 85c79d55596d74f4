import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ConfigBody,
  CroftError,
  defineHost,
  diskSources,
  evaluateFleet,
  type HostPlatform,
} from "@croft/evaluator";
import { asset } from "@croft/evaluator";
import { linux } from "./linux.ts";
import { sysusers } from "./sysusers.ts";
import { tmpfiles } from "./tmpfiles.ts";
import { type LinuxValues, units } from "./units.ts";

const platform: HostPlatform<never> = { name: "bare", uses: [], contributions: [] };

function evaluated(body: ConfigBody<"linux">) {
  const host = defineHost("barn", { platform, services: [], uses: [linux] }).config(body);
  const loaded = [{ name: "barn", host: host }];
  return evaluateFleet({ hosts: loaded, sources: diskSources(import.meta.dirname) }).host("barn");
}
const linuxOf = (body: ConfigBody<"linux">): LinuxValues => evaluated(body).config.linux;
const textOf = (body: ConfigBody<"linux">): string => units(linuxOf(body))[0]?.text ?? "";

test("a service renders its typed options and any other directive", () => {
  const text = textOf({
    linux: {
      services: {
        web: {
          description: "The web",
          execStart: "/usr/bin/web",
          after: ["network.target"],
          environment: { PORT: 80, GREETING: 'say "hi" 100%' },
          loadCredential: { key: "/run/croft/secrets/key" },
          unit: { StartLimitBurst: 3 },
          service: { SystemCallFilter: ["@system-service", "~@resources"], NoNewPrivileges: true },
        },
      },
    },
  });
  assert.equal(
    text,
    `[Unit]
Description=The web
After=network.target
StartLimitBurst=3

[Service]
Type=exec
ExecStart=/usr/bin/web
Restart=no
Environment="GREETING=say \\"hi\\" 100%%"
Environment="PORT=80"
LoadCredential=key:/run/croft/secrets/key
SystemCallFilter=@system-service
SystemCallFilter=~@resources
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`,
  );
});

test("Node software of the repository runs from the generation, with its arguments quoted", () => {
  const text = textOf({
    linux: { services: { web: { program: asset("./linux.ts"), arguments: ["a b", "$HOME", "50%"] } } },
  });
  assert.match(
    text,
    /^ExecStart=\/usr\/bin\/node \/var\/lib\/croft\/current\/programs\/web\.mjs "a b" "\$\$HOME" "50%%"$/m,
  );
});

test("a line break in a value starts no directive of its own", () => {
  const text = textOf({
    linux: { services: { web: { execStart: "/bin/true", description: "a\nExecStart=/bin/evil" } } },
  });
  assert.equal(text.split("\n").filter((line) => line.startsWith("ExecStart=")).length, 2);
  assert.match(text, /^Description=a\\\nExecStart=\/bin\/evil$/m, "the second line continues the first");
});

test("timers, sockets, paths, mounts and targets are units of their own kinds, sorted by name", () => {
  const values = linuxOf({
    linux: {
      timers: { backup: { onCalendar: ["daily"], persistent: true } },
      sockets: { web: { listenStream: ["80"], accept: true } },
      paths: { inbox: { pathChanged: ["/srv/inbox"] } },
      mounts: { srv: { what: "/dev/sda1", where: "/srv", fileSystem: "ext4", options: ["ro", "noatime"] } },
      targets: { croft: { description: "All of it" } },
    },
  });
  assert.deepEqual(
    units(values).map(({ name, wantedBy }) => [name, ...wantedBy]),
    [
      ["backup.timer", "timers.target"],
      ["croft.target"],
      ["inbox.path", "multi-user.target"],
      ["srv.mount", "local-fs.target"],
      ["web.socket", "sockets.target"],
    ],
  );
  assert.match(
    units(values)[3]?.text ?? "",
    /\[Mount\]\nWhat=\/dev\/sda1\nWhere=\/srv\nType=ext4\nOptions=ro,noatime\n/,
  );
});

test("users and groups become sysusers.d lines", () => {
  const values = linuxOf({
    linux: {
      groups: { media: { gid: 800 } },
      users: {
        web: { description: "The web", groups: ["media"], home: "/srv/web" },
        db: { uid: 801, group: "media" },
      },
    },
  });
  assert.equal(
    sysusers(values),
    'g media 800\nu db 801:media "" -\nu web - "The web" /srv/web\nm web media\n',
  );
});

test("directories become tmpfiles.d lines", () => {
  const values = linuxOf({ linux: { directories: { "/srv/my files": { mode: "0750", owner: "web" } } } });
  assert.equal(tmpfiles(values), 'd "/srv/my files" 0750 web root -\n');
});

test("a mode that is not octal is refused", () => {
  const host = evaluated({ linux: { files: { "/etc/a": { text: "", mode: "u=r" } } } });
  assert.throws(
    () => host.config.linux.files["/etc/a"]?.mode,
    (error) => {
      assert.ok(error instanceof CroftError);
      assert.equal(
        error.fact,
        "option `linux.files./etc/a.mode` is invalid: expected an octal mode such as `0644`",
      );
      return true;
    },
  );
});

const complaints = (body: ConfigBody<"linux">): readonly string[] =>
  evaluated(body)
    .check()
    .map(({ message }) => message.replaceAll(/:\d+:\d+/g, ":L:C"));

test("a file has exactly one content", () => {
  assert.deepEqual(
    complaints({ linux: { files: { "/etc/a": {}, "/etc/b": { text: "b", asset: asset("./linux.ts") } } } }),
    [
      "file `/etc/a` has no content\n  at linux.test.ts:L:C\n  hint: give exactly one of `text`, `template` and `asset`",
      "file `/etc/b` has more than one content\n  at linux.test.ts:L:C\n  hint: give exactly one of `text`, `template` and `asset`",
    ],
  );
});

test("a file's name is an absolute path that leads nowhere else", () => {
  for (const path of ["etc/a", "/etc/../a", "/etc//a", "/etc/a\nb", "/"]) {
    assert.match(
      complaints({ linux: { files: { [path]: { text: "" } } } })[0] ?? "",
      /which is no absolute path/s,
      path,
    );
  }
});

test("a file has nothing below it", () => {
  const hint = "  hint: give one of them another path";
  assert.deepEqual(
    complaints({
      linux: {
        files: { "/etc/a": { text: "" }, "/etc/a/b": { text: "" }, "/etc/c": { text: "" } },
        directories: { "/etc/c": {} },
      },
    }),
    [
      `\`/etc/c\` is a file and a directory\n  at linux.test.ts:L:C\n${hint}`,
      `file \`/etc/a\` has \`/etc/a/b\` below it\n  at linux.test.ts:L:C\n${hint}`,
    ],
  );
});

test("nothing that becomes a word of a line may break the line", () => {
  const hostile: readonly ConfigBody<"linux">[] = [
    { linux: { files: { "/etc/a": { text: "", owner: "root\troot\t4755" } } } },
    { linux: { directories: { "/srv/a": { owner: "a b\nL /etc/passwd" } } } },
    { linux: { users: { "x y\nu root2": {} } } },
    { linux: { users: { web: { home: "/srv /root", shell: "/bin/sh\nu evil" } } } },
    { linux: { services: { "-x": { execStart: "/bin/true" } } } },
    { linux: { services: { "../x": { execStart: "/bin/true" } } } },
    { linux: { services: { a: { execStart: "/bin/true", wantedBy: ["../../../etc/cron.d/x\n"] } } } },
    { linux: { services: { a: { execStart: "/bin/true", service: { "User=x\nExecStart": "/bin/evil" } } } } },
    { linux: { services: { a: { execStart: "/bin/true", user: "root\nExecStart=/bin/evil" } } } },
  ];
  for (const body of hostile) assert.equal(complaints(body).length > 0, true, JSON.stringify(body));
});

test("a service has a program or a command", () => {
  assert.deepEqual(complaints({ linux: { services: { web: {} } } }), [
    "service `web` has no command\n  at linux.test.ts:L:C\n  hint: give one of `program` and `execStart`",
  ]);
  assert.deepEqual(complaints({ linux: { services: { web: { service: { ExecStop: "/bin/true" } } } } }), []);
  const web = { program: asset("./linux.ts"), execStart: "/bin/true" };
  assert.deepEqual(complaints({ linux: { services: { web } } }), [
    "service `web` has a program and a command\n  at linux.test.ts:L:C\n  hint: give one of `program` and `execStart`",
  ]);
});
