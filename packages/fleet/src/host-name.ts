import { existsSync } from "node:fs";
import { join } from "node:path";
import { CroftError } from "@croft/evaluator";

const folders = ["hosts", "apps", "packages", "tools"];

/** Refuses a name that cannot be a host's, or that a project of the repository has already. */
export function checkNewHostName(root: string, name: string): void {
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new CroftError("host-name", `\`${name}\` is no name of a host`, {
      hint: "use lower-case letters, digits and dashes, and a letter first",
    });
  }
  const taken = folders.find((folder) => existsSync(join(root, folder, name)));
  if (taken === undefined) return;
  throw new CroftError("host-exists", `there is a project \`${name}\` already`, {
    at: [`${taken}/${name}`],
    hint:
      taken === "hosts"
        ? `take another name, or \`npx croft host rekey ${name}\` for a machine installed anew`
        : "take another name",
  });
}
