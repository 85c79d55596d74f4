import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CroftError } from "@croft/evaluator";
import { chromium, type Page } from "playwright-core";

const executable = "/usr/bin/chromium";

/** Why there can be no browser here, or nothing; an error where `CROFT_LAB_REQUIRED=1` says that there must be one. */
export function browserUnavailable(): string | undefined {
  if (existsSync(executable)) return undefined;
  const [fact, hint] = [`there is no browser at \`${executable}\``, "apt-get install chromium"];
  if (process.env["CROFT_LAB_REQUIRED"] === "1") throw new CroftError("browser-missing", fact, { hint });
  return `${fact}: ${hint}`;
}

/** Debian's Chromium, told to open nothing but what the test opens. */
const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** A page of a browser with an empty profile. Disposing of it ends the browser. */
export interface Browser extends AsyncDisposable {
  readonly page: Page;
}

/** Starts a browser. */
export async function openBrowser(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "croft-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    args: flags,
    chromiumSandbox: false,
  });
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
