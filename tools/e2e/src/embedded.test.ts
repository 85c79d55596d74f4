// The example fleet, in a fresh clone. The tests below run in order, as a person would go on.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Browser, browserUnavailable, openBrowser } from "./browser.ts";
import { type Clone, type Ended, openClone, portsOf } from "./clone.ts";
import { eventually } from "./eventually.ts";
import { processesOf } from "./processes.ts";
import { outcomesOf, urlsOf } from "./report.ts";

const deploy = "run-many -t deploy";
const browserless = browserUnavailable();
const inBrowser = { skip: browserless ?? false };

/** What the watch says of itself and of the fleet. */
interface Watched {
  readonly intervalSeconds: number;
  readonly services: readonly { readonly number: number; readonly state: string }[];
}

describe("the example fleet", { timeout: 600_000 }, () => {
  let clone: Clone;
  let first: Ended;
  let browser: Browser | undefined;
  before(async () => {
    clone = await openClone();
    const command = "npx nx run-many -t deploy";
    assert.match(clone.read("README.md"), new RegExp(`^npm ci && ${command}$`, "mu"));
    first = await clone.sh(command);
    if (browserless === undefined) browser = await openBrowser();
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
    await clone[Symbol.asyncDispose]();
  });

  const url = (host: string): string => {
    const port = portsOf(clone)[host] ?? assert.fail(`host ${host} has no port`);
    return `http://127.0.0.1:${port}/`;
  };
  const passwordOf = async (user: string): Promise<string> => {
    const { code, stdout, stderr } = await clone.croft(`secrets show notes/passwords/${user}`);
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };
  const asksNotes = async (user: string, password: string): Promise<number> => {
    const login = Buffer.from(`${user}:${password}`).toString("base64");
    return (await fetch(`${url("mill")}api/notes`, { headers: { authorization: `Basic ${login}` } })).status;
  };
  const deploys = async (): Promise<Readonly<Record<string, string>>> => {
    const { code, text } = await clone.nx(deploy);
    assert.equal(code, 0, text);
    return outcomesOf(clone.folder);
  };

  test("one command builds and deploys it, and prints outcomes and URLs", () => {
    assert.equal(first.code, 0, first.text);
    assert.deepEqual(outcomesOf(clone.folder), { barn: "changed", mill: "changed", orchard: "changed" });
    for (const host of ["barn", "mill", "orchard"]) {
      assert.deepEqual(urlsOf(clone.folder, host), [url(host)]);
      assert.match(first.stdout, new RegExp(`^${host} +changed .*${url(host)}$`, "mu"));
    }
  });

  test("landing page, notes and watch answer", async () => {
    for (const host of ["barn", "mill", "orchard"]) {
      const answer = await fetch(url(host));
      assert.equal(answer.status, 200, host);
      assert.match(answer.headers.get("content-type") ?? "", /^text\/html/u);
    }
  });

  test("in a browser, every link of the landing page leads to a service", inBrowser, async () => {
    const { page } = browser ?? assert.fail("no browser");
    await page.goto(url("barn"));
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    const targets = new Set(links.map((link) => new URL(link ?? "", url("barn")).href));
    assert.deepEqual([...targets].sort(), ["barn", "mill", "orchard"].map(url).sort());
    const titles: string[] = [];
    for (const tile of ["Start", "Notes", "Watch"]) {
      await page.goto(url("barn"));
      await page.getByRole("link", { name: tile, exact: true }).click();
      await page.waitForLoadState();
      titles.push(await page.title());
    }
    assert.deepEqual([titles[0], titles[1]], ["Croft", "Log in · Notes"]);
    assert.match(titles[2] ?? "", / · Watch$/u);
  });

  test("in a browser, the watch shows every service up", inBrowser, async () => {
    const { page } = browser ?? assert.fail("no browser");
    await page.goto(url("orchard"));
    await page.getByRole("heading", { name: "All 3 are up" }).waitFor({ timeout: 60_000 });
    assert.deepEqual(await page.locator(".row h3").allTextContents(), ["Start", "Notes", "Watch"]);
  });

  test(
    "in a browser, the generated password opens the notes, and a wrong one does not",
    inBrowser,
    async () => {
      const password = await passwordOf("alice");
      const { page } = browser ?? assert.fail("no browser");
      const logIn = async (word: string): Promise<void> => {
        await page.goto(url("mill"));
        await page.getByLabel("Name").fill("alice");
        await page.getByLabel("Password").fill(word);
        await page.getByRole("button", { name: "Log in" }).click();
        await page.waitForLoadState();
      };
      await logIn(`${password}x`);
      assert.match(await page.getByRole("alert").innerText(), /do not belong together/u);
      await logIn(password);
      assert.equal(new URL(page.url()).pathname, "/");
      assert.equal(await asksNotes("alice", password), 200);
      assert.equal(await asksNotes("alice", `${password}x`), 401);
      assert.equal(await asksNotes("mallory", password), 401);
    },
  );

  test("the clone's tree is clean", async () => {
    assert.equal(await clone.status(), "");
  });

  test("the services outlive the command, their terminal and its group", async () => {
    const running = processesOf(clone.folder).filter(({ command }) => command.includes("/programs/"));
    assert.equal(running.length, 3);
  });

  test("again, at once: unchanged three times", async () => {
    const { code, stdout, text } = await clone.nx(deploy);
    assert.equal(code, 0, text);
    assert.equal(stdout.match(/^\w+ +unchanged/gmu)?.length, 3, stdout);
    assert.match(
      stdout,
      /Nx read the output from the cache instead of running the command for 3 out of 6 tasks/u,
    );
  });

  test("an option that only its own host reads changes that host alone", async () => {
    clone.edit("hosts/orchard/host.ts", "watch: {", "watch: { intervalSeconds: 2,");
    assert.deepEqual(await deploys(), { barn: "unchanged", mill: "unchanged", orchard: "changed" });
    assert.equal((await watched()).intervalSeconds, 2);
  });

  test("a service that moves to another port is found there by landing page and watch", async () => {
    const [before, after] = [portsOf(clone)["mill"] ?? 0, freePortNear(portsOf(clone)["mill"] ?? 0)];
    clone.edit("hosts/mill/host.ts", `port: ${before}`, `port: ${after}`);
    assert.deepEqual(await deploys(), { barn: "changed", mill: "changed", orchard: "changed" });
    assert.match(
      await (await fetch(url("barn"))).text(),
      new RegExp(`href="http://127.0.0.1:${after}/"`, "u"),
    );
    assert.equal((await fetch(url("mill"))).status, 200);
    await assert.rejects(fetch(`http://127.0.0.1:${before}/`));
    await eventually("the watch sees the notes at their new port", async () => {
      const { services } = await watched();
      return services.some(({ number, state }) => number === after && state === "up") ? true : undefined;
    });
  });

  test("a new user gets a password, and the others keep theirs", async () => {
    const alice = await passwordOf("alice");
    clone.edit("hosts/mill/host.ts", `["alice"]`, `["alice", "bob"]`);
    assert.deepEqual(await deploys(), { barn: "unchanged", mill: "changed", orchard: "unchanged" });
    assert.equal(await passwordOf("alice"), alice);
    assert.notEqual(await passwordOf("bob"), alice);
    assert.equal(await asksNotes("alice", alice), 200);
    assert.equal(await asksNotes("bob", await passwordOf("bob")), 200);
    assert.equal(await asksNotes("bob", alice), 401);
  });

  test("a service that is killed comes back by itself", async () => {
    const { pid } = serviceOf("notes");
    process.kill(pid, "SIGKILL");
    await eventually("the notes answer again", async () => {
      const there = processesOf(clone.folder).find(({ command }) => command.includes("/programs/notes.mjs"));
      return there !== undefined && there.pid !== pid && (await answers("mill")) ? true : undefined;
    });
  });

  test("a host whose supervisor and service were killed is noticed, and repaired by a deploy", async () => {
    const supervisor = processesOf(clone.folder).find(({ command }) => /supervisor.*\/mill\b/u.test(command));
    process.kill(supervisor?.pid ?? assert.fail("no supervisor"), "SIGKILL");
    process.kill(serviceOf("notes").pid, "SIGKILL");
    await eventually("the notes are gone", async () => ((await answers("mill")) ? undefined : true));
    const status = await clone.croft("status");
    assert.match(status.stdout, /^barn +running/mu);
    assert.doesNotMatch(status.stdout, /^mill +running/mu);
    assert.deepEqual(await deploys(), { barn: "unchanged", mill: "changed", orchard: "unchanged" });
    assert.equal(await answers("mill"), true);
    assert.match((await clone.croft("status")).stdout, /^mill +running/mu);
  });

  test("stop ends everything that runs, and a deploy brings it back", async () => {
    const stop = await clone.nx("run-many -t stop");
    assert.equal(stop.code, 0, stop.text);
    assert.equal(stop.stdout.match(/^\w+ +stopped/gmu)?.length, 3, stop.stdout);
    assert.deepEqual(processesOf(clone.folder), []);
    for (const host of ["barn", "mill", "orchard"]) assert.equal(await answers(host), false);
    assert.deepEqual(await deploys(), { barn: "changed", mill: "changed", orchard: "changed" });
    for (const host of ["barn", "mill", "orchard"]) assert.equal(await answers(host), true);
  });

  const serviceOf = (name: string) =>
    processesOf(clone.folder).find(({ command }) => command.includes(`/programs/${name}.mjs`)) ??
    assert.fail(`no ${name} runs`);
  const watched = async (): Promise<Watched> =>
    JSON.parse(await (await fetch(`${url("orchard")}api/status`)).text());
  const answers = (host: string): Promise<boolean> =>
    fetch(url(host)).then(
      ({ status }) => status === 200,
      () => false,
    );
});

/** Another port of the range that is not handed out to connections; clones take theirs from that one. */
const freePortNear = (port: number): number => 20_000 + (port % 10_000);
