import assert from "node:assert/strict";
import { test } from "node:test";
import { hostsIndex } from "@croft/fleet";
import type { Tree } from "@nx/devkit";
import syncHostsIndex from "./hosts-index.ts";

/** A tree of files in memory, as far as the generator needs one. */
function treeOf(files: Record<string, string>): { tree: Tree; files: Record<string, string> } {
  const part: Pick<Tree, "children" | "exists" | "write"> & { read(path: string): string | null } = {
    children: (folder) => [
      ...new Set(
        Object.keys(files)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split("/")[0] ?? ""),
      ),
    ],
    exists: (path) => path in files,
    read: (path) => files[path] ?? null,
    write: (path, text) => {
      files[path] = text.toString();
    },
  };
  // The generator uses no more of a tree than this part.
  return { tree: part as unknown as Tree, files };
}

test("a folder under hosts is a host when it has a host.ts", () => {
  const { tree, files } = treeOf({
    "hosts/barn/host.ts": "",
    "hosts/notes/README.md": "",
    "hosts/fleet.ts": "",
  });
  assert.deepEqual(syncHostsIndex(tree), {
    outOfSyncMessage: "hosts/index.ts does not name the hosts that there are",
  });
  assert.equal(files["hosts/index.ts"], hostsIndex(["barn"]));
});

test("an index that is up to date is left alone", () => {
  const { tree } = treeOf({ "hosts/barn/host.ts": "", "hosts/index.ts": hostsIndex(["barn"]) });
  assert.deepEqual(syncHostsIndex(tree), {});
});
