import { type OpenInput, type Platform, textOf } from "@croft/plan";
import { knownHostsFile, parseAddress, sshConnection } from "@croft/remote";
import { buildDebian } from "./build.ts";
import { scriptedDevice } from "./device.ts";
import { embeddedDevice } from "./embedded/embedded.ts";
import type { Facts } from "./facts.ts";
import { decodeGeneration, embedded, generationFile } from "./generation.ts";
import { planDebian } from "./plan.ts";
import type { DebianPlan } from "./step.ts";

/** How Debian hosts are built and deployed. */
export const debianPlatform: Platform<Facts, DebianPlan> = {
  name: "debian",
  build: buildDebian,
  plan: planDebian,
  async open(input: OpenInput) {
    const { root, host, wanted } = input;
    const { address } = decodeGeneration(textOf(wanted.artifact, generationFile), `host \`${host}\``);
    if (address === embedded) return embeddedDevice(input);
    const connection = sshConnection({
      host,
      address: parseAddress(address),
      knownHosts: knownHostsFile(root),
    });
    return scriptedDevice({ host, connection, wanted });
  },
};
