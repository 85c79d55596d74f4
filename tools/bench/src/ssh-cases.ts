import { sshHost } from "../../../packages/debian/src/testing-ssh.ts";
import { wanted } from "../../../packages/debian/src/testing.ts";
import { whyNoSshd } from "@croft/remote/testing";
import type { BenchCase } from "./bench.ts";

/** Things to do at the end of a benchmark, the last one first. */
interface Endings {
  after(end: () => Promise<void>): void;
  all(): Promise<void>;
}

/** Collects what is to be done at the end. */
export function endings(): Endings {
  const ends: (() => Promise<void>)[] = [];
  return {
    after: (end) => ends.push(end),
    all: async () => {
      for (const end of ends.reverse()) await end();
    },
  };
}

/** What a deploy with nothing to do costs over ssh: time beside `ssh true`, connections and commands. */
export async function sshCases(ends: Endings): Promise<readonly BenchCase[]> {
  const missing = await whyNoSshd();
  if (missing !== undefined) {
    process.stderr.write(`skipped: deploy over ssh (${missing})\n`);
    return [];
  }
  const { deploy, connection, sshd } = await sshHost(ends);
  const files = Object.fromEntries(
    Array.from({ length: 55 }, (_, index) => [`/etc/many/${index}`, "x".repeat(1000)]),
  );
  const all = wanted(files);
  const counted = async (count: () => Promise<number>): Promise<number> => {
    const before = await count();
    await deploy(all);
    return (await count()) - before;
  };
  const prepare = async (): Promise<void> => void (await deploy(all));
  return [
    {
      name: "deploy of 55 files over ssh, nothing changed",
      prepare,
      run: prepare,
      peer: { name: "ssh host true", run: async () => void (await connection.run(["true"])) },
    },
    { name: "its connections", unit: "connections", prepare, run: () => counted(sshd.logins) },
    { name: "its commands", unit: "commands", prepare, run: () => counted(sshd.commands) },
  ];
}
