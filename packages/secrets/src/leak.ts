import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** A secret that was found where it must not be; the plaintext itself is not repeated. */
export interface Leak {
  readonly secret: string;
  readonly file: string;
  readonly form: "plain" | "base64" | "hex" | "percent-encoded" | "JSON";
}

/** Shorter plaintexts are found everywhere by chance. */
const shortestScanned = 6;

/**
 * Looks for plaintexts in files, and in all files below folders: as they are, and as base64 (at any offset, both
 * alphabets), hexadecimal digits, percent-encoded and inside of JSON. Meant for tests, over build outputs, caches,
 * logs and stores. A path that is absent holds nothing.
 *
 * @throws RangeError for a plaintext under {@link shortestScanned} bytes, which could not be told from chance
 */
export async function scanForSecrets(
  plaintexts: Readonly<Record<string, string | Uint8Array>>,
  paths: readonly string[],
): Promise<readonly Leak[]> {
  const needles = Object.entries(plaintexts).flatMap(([secret, plaintext]) =>
    needlesOf(Buffer.from(plaintext)).map((needle) => ({ secret, ...needle })),
  );
  const leaks: Leak[] = [];
  for (const file of (await Promise.all(paths.map(filesBelow))).flat()) {
    const content = await readFile(file);
    const lowerCase = Buffer.from(content.toString("latin1").toLowerCase(), "latin1");
    for (const { secret, form, text } of needles) {
      const isFound = (form === "hex" ? lowerCase : content).includes(text);
      const isKnown = leaks.some(
        (leak) => leak.file === file && leak.secret === secret && leak.form === form,
      );
      if (isFound && !isKnown) leaks.push({ secret, file, form });
    }
  }
  return leaks;
}

interface Needle {
  readonly form: Leak["form"];
  readonly text: Buffer;
}

function needlesOf(plaintext: Buffer): readonly Needle[] {
  if (plaintext.length < shortestScanned) throw new RangeError("a plaintext is too short to look for");
  const text = plaintext.toString();
  const base64 = [0, 1, 2].flatMap((offset) => base64At(plaintext, offset));
  const needles = [
    { form: "plain", text: plaintext },
    ...base64.map((encoded) => ({ form: "base64" as const, text: Buffer.from(encoded) })),
    { form: "hex", text: Buffer.from(plaintext.toString("hex")) },
    { form: "percent-encoded", text: Buffer.from(encodeURIComponent(text)) },
    { form: "JSON", text: Buffer.from(JSON.stringify(text).slice(1, -1)) },
  ] as const;
  return needles.filter(({ form, text: needle }) => form === "plain" || !needle.equals(plaintext));
}

/** The digits that depend on the plaintext alone when it begins at this offset of three. */
function base64At(plaintext: Buffer, offset: number): readonly string[] {
  const encoded = Buffer.concat([Buffer.alloc(offset), plaintext])
    .toString("base64")
    .replace(/=+$/, "");
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + plaintext.length) * 8) / 6);
  const digits = encoded.slice(start, end);
  return [...new Set([digits, digits.replaceAll("+", "-").replaceAll("/", "_")])];
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [];
  if (!found.isDirectory()) return found.isFile() ? [path] : [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
