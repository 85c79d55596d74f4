import { CroftError, type Globals, nameHint, type Values } from "@croft/evaluator";
import { checkName } from "./name.ts";

type Secrets = Values<Globals["secrets"]>;

/** Where a mount lies on its host, in memory. */
export const mountPath = (mount: string): string => `/run/croft/secrets/${mount}`;

/** What schemas cannot see of a host's mounts. */
export interface Fault {
  /** The option, such as `global.secrets.mounts.web/key.secret`. */
  readonly about: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** The faults of the mounts of one host: their names, their secrets, and where they shall lie. */
export function faults({ specs, mounts }: Secrets, host: string): readonly Fault[] {
  return Object.entries(mounts).flatMap(([name, mount]): readonly Fault[] => {
    if (mount.host !== host) return [];
    const about = `global.secrets.mounts.${name}`;
    return [
      ...nameFaults(name, about),
      ...(mount.secret in specs
        ? []
        : [
            {
              about: `${about}.secret`,
              message: `secret \`${mount.secret}\` does not exist`,
              hint: nameHint(mount.secret, Object.keys(specs)),
            },
          ]),
      ...(mount.path === mountPath(name)
        ? []
        : [
            {
              about: `${about}.path`,
              message: `mount \`${name}\` cannot lie at \`${mount.path}\``,
              hint: `leave \`path\` out: it is \`${mountPath(name)}\``,
            },
          ]),
    ];
  });
}

/** The fault of one option. */
export const faultAt = (secrets: Secrets, host: string, about: string): Fault | undefined =>
  faults(secrets, host).find((fault) => fault.about === about);

function nameFaults(name: string, about: string): readonly Fault[] {
  try {
    checkName("mount", name);
    return [];
  } catch (error) {
    if (!(error instanceof CroftError)) throw error;
    return [{ about, message: error.fact, hint: error.detail.hint }];
  }
}
