import { assetSchema, option, unique } from "@croft/evaluator";
import { z } from "zod";
import { accountName, directiveName, unitName } from "./names.ts";

/** A value of a systemd directive; a list stands for the directive given several times. */
export const directiveSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const section = z.record(directiveName, directiveSchema);
const words = unique(z.array(z.string()));
const names = unique(z.array(unitName));
const text = z.string().optional();

/** The options of the [Unit] and [Install] sections, which every kind of unit has. */
export const unitOptions = {
  description: option(text, { description: "What the unit is, in a few words." }),
  documentation: option(words, { description: "Where more is written.", default: [] }),
  after: option(names, { description: "Units that start before this one.", default: [] }),
  before: option(names, { description: "Units that start after this one.", default: [] }),
  wants: option(names, { description: "Units that are started with this one.", default: [] }),
  requires: option(names, { description: "Units without which this one does not run.", default: [] }),
  bindsTo: option(names, { description: "Units whose end ends this one.", default: [] }),
  partOf: option(names, { description: "Units whose restart restarts this one.", default: [] }),
  conflicts: option(names, { description: "Units that do not run beside this one.", default: [] }),
  onFailure: option(names, { description: "Units that start when this one fails.", default: [] }),
  wantedBy: option(names, { description: "Units that start this one at boot.", default: [] }),
  requiredBy: option(names, { description: "Units that need this one at boot.", default: [] }),
  unit: option(section, { description: "Any other directive of [Unit], by its systemd name.", default: {} }),
} as const;

/** The options of a service's [Service] section. */
export const serviceOptions = {
  ...unitOptions,
  wantedBy: option(names, {
    description: "Units that start this one at boot.",
    default: ["multi-user.target"],
  }),
  program: option(assetSchema.optional(), {
    description: "Node software of this repository: the entry of a program that is bundled and shipped.",
  }),
  arguments: option(z.array(z.string()), { description: "Arguments of `program`.", default: [] }),
  execStart: option(text, { description: "The command line, where it is not a `program`." }),
  execStartPre: option(z.array(z.string()), { description: "Commands that run before it.", default: [] }),
  execReload: option(text, { description: "The command that makes it read its files again." }),
  type: option(z.enum(["simple", "exec", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle"]), {
    description: "How systemd knows that it has started.",
    default: "exec",
  }),
  remainAfterExit: option(z.boolean(), { description: "Counts as active after its end.", default: false }),
  restart: option(
    z.enum(["no", "on-success", "on-failure", "on-abnormal", "on-abort", "on-watchdog", "always"]),
    {
      description: "When systemd starts it again.",
      default: "no",
    },
  ),
  restartSec: option(z.number().min(0).optional(), { description: "Seconds before it is started again." }),
  user: option(accountName.optional(), { description: "The user it runs as." }),
  group: option(accountName.optional(), { description: "The group it runs as." }),
  dynamicUser: option(z.boolean(), {
    description: "Runs as a user of its own that exists only then.",
    default: false,
  }),
  workingDirectory: option(text, { description: "The directory it runs in." }),
  environment: option(z.record(z.string(), z.union([z.string(), z.number()]).transform(String)), {
    description: "Its environment; no secrets, use `loadCredential`.",
    default: {},
  }),
  stateDirectory: option(words, { description: "Directories of its own under /var/lib.", default: [] }),
  configurationDirectory: option(words, { description: "Directories of its own under /etc.", default: [] }),
  runtimeDirectory: option(words, { description: "Directories of its own under /run.", default: [] }),
  loadCredential: option(z.record(z.string(), z.string()), {
    description: "Files that it alone reads as $CREDENTIALS_DIRECTORY/<name>, such as mounted secrets.",
    default: {},
  }),
  protectSystem: option(z.union([z.boolean(), z.enum(["full", "strict"])]).optional(), {
    description: "What of the file system it cannot write.",
  }),
  service: option(section, {
    description: "Any other directive of [Service], by its systemd name.",
    default: {},
  }),
} as const;

/** The options of a timer's [Timer] section. */
export const timerOptions = {
  ...unitOptions,
  wantedBy: option(names, { description: "Units that start this one at boot.", default: ["timers.target"] }),
  onCalendar: option(words, { description: "Calendar times, as systemd.time(7) writes them.", default: [] }),
  onBootSec: option(text, { description: "A time after boot." }),
  onUnitActiveSec: option(text, { description: "A time after the unit last ran." }),
  persistent: option(z.boolean(), { description: "Catches up on a time missed while off.", default: false }),
  randomizedDelaySec: option(text, { description: "The most that each time is delayed at random." }),
  timer: option(section, {
    description: "Any other directive of [Timer], by its systemd name.",
    default: {},
  }),
} as const;

/** The options of a socket's [Socket] section. */
export const socketOptions = {
  ...unitOptions,
  wantedBy: option(names, { description: "Units that start this one at boot.", default: ["sockets.target"] }),
  listenStream: option(words, { description: "TCP addresses or paths to listen on.", default: [] }),
  listenDatagram: option(words, { description: "UDP addresses or paths to listen on.", default: [] }),
  accept: option(z.boolean(), { description: "Starts one service for each connection.", default: false }),
  socket: option(section, {
    description: "Any other directive of [Socket], by its systemd name.",
    default: {},
  }),
} as const;

/** The options of a path unit's [Path] section. */
export const pathOptions = {
  ...unitOptions,
  wantedBy: option(names, {
    description: "Units that start this one at boot.",
    default: ["multi-user.target"],
  }),
  pathExists: option(words, { description: "Paths whose existence starts the unit.", default: [] }),
  pathChanged: option(words, { description: "Paths whose change starts the unit.", default: [] }),
  path: option(section, { description: "Any other directive of [Path], by its systemd name.", default: {} }),
} as const;

/** The options of a mount's [Mount] section. */
export const mountOptions = {
  ...unitOptions,
  wantedBy: option(names, {
    description: "Units that start this one at boot.",
    default: ["local-fs.target"],
  }),
  what: option(text, { description: "The device, share or image." }),
  where: option(text, { description: "The directory it is mounted on." }),
  fileSystem: option(text, { description: "The type of the file system." }),
  options: option(words, { description: "Mount options.", default: [] }),
  mount: option(section, {
    description: "Any other directive of [Mount], by its systemd name.",
    default: {},
  }),
} as const;
