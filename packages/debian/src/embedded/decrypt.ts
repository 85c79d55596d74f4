// What an embedded host has for age(1): `decrypt.ts <clone> <host> <from> <into>` opens all secrets of a generation.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decryptForHost, openStore } from "@croft/secrets";

const [clone = "", host = "", from = "", into = ""] = process.argv.slice(2);
const store = openStore({ kind: "embedded", root: clone, path: ".croft/secrets" });
const lines = (await readFile(join(from, "mounts"), "utf8")).split("\n").filter((line) => line !== "");
const ciphertexts = await Promise.all(
  lines.map(async (line) => {
    const [mount = "", owner = "", group = "", mode = ""] = line.split("\t");
    const ciphertext = await readFile(join(from, `${mount}.age`));
    return { mount, secret: mount, host, owner, group, mode, path: "", restart: [], ciphertext };
  }),
);
try {
  for (const { mount, plaintext } of await decryptForHost(store, host, ciphertexts)) {
    await writeFile(join(into, mount), plaintext, { mode: 0o600, flag: "wx" });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
