import { hostsIndex } from "@croft/fleet";
import type { Tree } from "@nx/devkit";

const path = "hosts/index.ts";

/** Brings hosts/index.ts up to date with the folders under hosts; a sync generator of Nx. */
export default function syncHostsIndex(tree: Tree): { outOfSyncMessage?: string } {
  const hosts = tree.children("hosts").filter((name) => tree.exists(`hosts/${name}/host.ts`));
  const wanted = hostsIndex(hosts);
  if (tree.read(path, "utf8") === wanted) return {};
  tree.write(path, wanted);
  return { outOfSyncMessage: `${path} does not name the hosts that there are` };
}
