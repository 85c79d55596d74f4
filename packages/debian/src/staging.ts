import { type Artifact, encodeManifest, manifestOf, sha256, type SecretFile, type Wanted } from "@croft/plan";
import { canRun } from "./plan-units.ts";
import { placeOf, secretsDigest } from "./plan-secrets.ts";
import { ordersOf } from "./orders.ts";
import { deviceScript } from "./script.ts";
import type { DebianPlan } from "./step.ts";
import { tar, type TarFile } from "./ustar.ts";

/** What travels to the device: the new contents, and in `.croft` all that its script needs to know. */
export function stagingTar(plan: DebianPlan, { artifact, secrets }: Wanted): Uint8Array {
  const reused = new Set(plan.reused.map(([path]) => path));
  const control = controlFiles(plan, artifact, secrets);
  return tar([
    ...artifact.files.filter(({ path }) => !reused.has(path)),
    ...Object.entries(control).map(([name, text]): TarFile => ({
      path: `.croft/${name}`,
      content: encode(text),
    })),
    ...(secrets ?? []).map(({ mount, ciphertext }): TarFile => ({
      path: `.croft/secrets/${mount}.age`,
      content: ciphertext,
    })),
  ]);
}

function controlFiles(
  plan: DebianPlan,
  artifact: Artifact,
  secrets: readonly SecretFile[] | undefined,
): Readonly<Record<string, string>> {
  const { apply, undo } = ordersOf(plan);
  const { to } = plan;
  const packages = (action: string): readonly string[] =>
    plan.steps
      .filter((step) => step.kind === "package" && step.action === action)
      .map(({ subject }) => subject);
  return {
    "croft.sh": deviceScript,
    "manifest.json": encodeManifest(manifestOf(artifact)),
    orders: apply,
    undo,
    base: `${plan.base}\n`,
    reused: lines(plan.reused.map((pair) => pair.join("\t"))),
    contents: lines(artifact.files.map(({ path, content }) => checksumLine(path, content))),
    paths: lines(to.entries.map(({ path }) => path)),
    running: lines(
      to.units.filter((unit) => canRun(to, unit) && unit.starts && unit.stays).map(({ name }) => name),
    ),
    install: lines(packages("install")),
    uninstall: lines(packages("uninstall")),
    state: lines([`hash ${artifact.hash}`]),
    ...(secrets === undefined ? {} : secretFiles(secrets)),
  };
}

/** Without these the device keeps those that it has. */
const secretFiles = (secrets: readonly SecretFile[]): Readonly<Record<string, string>> => ({
  "secrets/state": lines([
    `secrets ${secretsDigest(secrets)}`,
    ...secrets.map((secret) => `secret ${secret.mount} ${secret.revision} ${placeOf(secret)}`),
  ]),
  "secrets/mounts": lines(
    secrets.map(({ mount, owner, group, mode }) => [mount, owner, group, mode].join("\t")),
  ),
});

/** A line as sha256sum writes it: it escapes names that hold a backslash, as those of some units do. */
const checksumLine = (path: string, content: Uint8Array): string =>
  path.includes("\\")
    ? `\\${sha256(content)}  ${path.replaceAll("\\", "\\\\")}`
    : `${sha256(content)}  ${path}`;

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
