/** The file of a host that serves calendars. */
export const pantry = `import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";
import { radicale } from "@croft/radicale";

export default defineHost("pantry", {
  platform: debian({ address: "root@10.77.0.11" }),
  services: [radicale],
}).config({
  radicale: { users: ["alice", "bob"] },
});
`;

/** The file of a host with everything that Linux hosts share: files, users, groups, directories, each kind of unit. */
export const cellar = `import { debian } from "@croft/debian";
import { asset, defineHost } from "@croft/evaluator";

export default defineHost("cellar", {
  platform: debian({ address: "root@10.77.0.12" }),
  services: [],
}).config({
  linux: {
    packages: ["hello"],
    groups: { coopers: { gid: 912 } },
    users: { cooper: { uid: 911, groups: ["coopers"], description: "Counts barrels" } },
    directories: { "/srv/barrels": { owner: "cooper", group: "coopers", mode: "02750" } },
    files: {
      "/etc/cellar/barrels": { text: "twelve\\n" },
      "/etc/cellar/recipe": { text: "apples\\n", method: "copy", mode: "0640", group: "coopers" },
      "/etc/cellar/label": { template: { source: asset("./label.hbs"), data: { drink: "cider", names: ["alice", "bob"] } } },
      "/etc/motd": { text: "Mind your head.\\n", replace: true },
    },
    services: {
      tap: { execStart: "/usr/bin/sleep infinity", dynamicUser: true, restart: "always" },
      count: {
        type: "oneshot",
        user: "cooper",
        stateDirectory: ["count"],
        wantedBy: [],
        execStart: "/bin/sh -c 'echo $USER counts $(ls /srv/barrels | wc -l) >>/var/lib/count/log'",
      },
      "echo@": { execStart: "/usr/bin/cat", wantedBy: [], service: { StandardInput: "socket" } },
    },
    timers: { count: { onUnitActiveSec: "1h", onBootSec: "1h" } },
    paths: { arrivals: { pathChanged: ["/srv/barrels"], path: { Unit: "count.service" } } },
    mounts: {
      "srv-cask": { what: "tmpfs", where: "/srv/cask", fileSystem: "tmpfs", options: ["size=1M"] },
    },
    targets: { harvest: { description: "Everything is in", wantedBy: ["multi-user.target"], after: ["tap.service"] } },
    sockets: {
      echo: { listenStream: ["127.0.0.1:7007"], accept: true },
    },
  },
});
`;

/** A template beside the file of `cellar`. */
export const label = `{{drink}}, pressed for {{#each names}}{{#unless @first}} & {{/unless}}{{this}}{{/each}}
`;

/**
 * The file of a host with a service that answers its tone to whoever connects, and dies of a cracked one; with more
 * files, and more options of the service.
 */
export const meadow = (
  tone: string,
  { file = "", service = "" } = {},
): string => `import { debian } from "@croft/debian";
import { asset, defineHost } from "@croft/evaluator";

export default defineHost("meadow", {
  platform: debian({ address: "root@10.77.0.21" }),
  services: [],
}).config({
  linux: {
    files: {
      "/etc/bell/bell.pl": { asset: asset("./bell.pl") },
      "/etc/bell/tone": { text: "${tone}\\n" },${file}
    },
    services: {
      bell: { execStart: "/usr/bin/perl /etc/bell/bell.pl /etc/bell/tone", restart: "on-failure"${service} },
    },
  },
});
`;

/** The program of that service. */
export const bell = `use strict;
use IO::Socket::INET;
open my $file, "<", $ARGV[0] or die;
my $tone = <$file>;
die "the bell is cracked\\n" if $tone =~ /cracked/;
my $server = IO::Socket::INET->new(LocalPort => 7009, Listen => 5, ReuseAddr => 1) or die;
while (my $client = $server->accept) { print $client $tone; close $client; }
`;

/** The file of a host with a secret of its own. */
export const brook = `import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";
import { secrets } from "@croft/secrets";

export default defineHost("brook", {
  platform: debian({ address: "root@10.77.0.22" }),
  services: [],
  uses: [secrets],
}).global({
  secrets: { specs: { "brook/spring": { random: { length: 30 } } }, mounts: { "brook/spring": {} } },
});
`;

/** The file of a host whose disk is small, with a file that does not fit when it is `megabytes` large. */
export const silo = (megabytes: number): string => `import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";

export default defineHost("silo", {
  platform: debian({ address: "root@10.77.0.23" }),
  services: [],
}).config({
  linux: { files: { "/srv/grain": { text: "grain ".repeat(${megabytes} * 170_000) } } },
});
`;
