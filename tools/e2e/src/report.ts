import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FleetReport } from "@croft/fleet";

/** What a deploy of a clone reported last, for programs to read. */
const reportOf = (folder: string): FleetReport =>
  JSON.parse(readFileSync(join(folder, ".croft/reports/deploy.json"), "utf8"));

/** The outcome of each host of the last deploy. */
export const outcomesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(reportOf(folder).hosts.map(({ host, outcome }) => [host, outcome]));

/** Where a host's services answer, by the last deploy's report. */
export const urlsOf = (folder: string, host: string): readonly string[] =>
  reportOf(folder)
    .hosts.filter((each) => each.host === host)
    .flatMap(({ urls }) => urls.map(({ url }) => url));
