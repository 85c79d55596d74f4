/** One file of a tar stream. */
export interface TarFile {
  readonly path: string;
  readonly content: Uint8Array;
}

const block = 512;

/** A tar archive in POSIX pax form: regular files, mode 0644, no owner, no clock. */
export function tar(files: readonly TarFile[]): Uint8Array {
  const parts = files.flatMap(({ path, content }) => {
    const name = encode(path);
    // The ustar header has room for 100 bytes of name; a longer one stands in a record before it.
    const long =
      name.byteLength > 100 ? [header("pax", paxPath(path).byteLength, "x"), padded(paxPath(path))] : [];
    return [...long, header(path, content.byteLength, "0"), padded(content)];
  });
  return Buffer.concat([...parts, new Uint8Array(2 * block)]);
}

function header(path: string, size: number, type: "0" | "x"): Uint8Array {
  const bytes = new Uint8Array(block);
  const write = (text: string, offset: number, length: number): void =>
    bytes.set(encode(text).subarray(0, length), offset);
  write(path, 0, 100);
  write("0000644\0", 100, 8);
  write("0000000\0", 108, 8);
  write("0000000\0", 116, 8);
  write(`${size.toString(8).padStart(11, "0")}\0`, 124, 12);
  write("00000000000\0", 136, 12);
  write("        ", 148, 8);
  write(type, 156, 1);
  write("ustar\u000000", 257, 8);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8);
  return bytes;
}

/** A pax record is preceded by its own length, the digits of that length included. */
function paxPath(path: string): Uint8Array {
  const rest = encode(` path=${path}\n`);
  const length =
    [2, 3, 4, 5]
      .map((digits) => rest.byteLength + digits)
      .find((total, index) => String(total).length === index + 2) ?? 0;
  return Buffer.concat([encode(String(length)), rest]);
}

function padded(content: Uint8Array): Uint8Array {
  return Buffer.concat([content, new Uint8Array((block - (content.byteLength % block)) % block)]);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
