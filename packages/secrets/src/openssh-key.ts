/** An ssh-ed25519 public key: its 32 bytes, and the wire form that fingerprints are taken of. */
export interface SshPublicKey {
  readonly key: Uint8Array;
  readonly wire: Uint8Array;
}

/** An ssh-ed25519 key pair; the seed is what RFC 8032 calls the private key. */
export interface SshPrivateKey {
  readonly seed: Uint8Array;
  readonly publicKey: SshPublicKey;
}

/** Reads a line such as `ssh-ed25519 AAAA… comment`; `undefined` when it is none. */
export function parsePublicKey(line: string): SshPublicKey | undefined {
  const [type, encoded] = line.trim().split(/\s+/);
  if (type !== "ssh-ed25519" || encoded === undefined || !/^[A-Za-z0-9+/]+=*$/.test(encoded))
    return undefined;
  return publicKeyOf(Buffer.from(encoded, "base64"));
}

/** The line for a public key, without a comment. */
export function encodePublicKey(publicKey: SshPublicKey): string {
  return `ssh-ed25519 ${Buffer.from(publicKey.wire).toString("base64")}`;
}

const armor =
  /^-----BEGIN OPENSSH PRIVATE KEY-----\s+([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----\s*$/;

/**
 * Reads an OpenSSH private key file (OpenSSH, PROTOCOL.key); `undefined` when it is none, is of another type than
 * ed25519, or is locked with a passphrase.
 */
export function parsePrivateKey(text: string): SshPrivateKey | undefined {
  const body = armor.exec(text.trim())?.[1];
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body, "base64");
  const magic = "openssh-key-v1\0";
  if (bytes.subarray(0, magic.length).toString("latin1") !== magic) return undefined;
  const outer = new Fields(bytes.subarray(magic.length));
  const cipher = outer.text();
  outer.skip(); // The name of the key derivation.
  outer.skip(); // Its options.
  if (cipher !== "none" || outer.number() !== 1) return undefined;
  const publicKey = publicKeyOf(outer.bytes());
  const inner = new Fields(outer.bytes());
  if (inner.number() !== inner.number() || inner.text() !== "ssh-ed25519") return undefined;
  inner.skip(); // The public key again.
  const seed = inner.bytes().subarray(0, 32);
  return publicKey === undefined || seed.length < 32 ? undefined : { seed, publicKey };
}

function publicKeyOf(wire: Uint8Array): SshPublicKey | undefined {
  const fields = new Fields(wire);
  const type = fields.text();
  const key = fields.bytes();
  return type === "ssh-ed25519" && key.length === 32 && fields.atEnd ? { key, wire } : undefined;
}

/** Reads the length-prefixed fields of SSH's binary formats (RFC 4251, 5); past the end everything is empty. */
class Fields {
  #rest: Buffer;

  constructor(bytes: Uint8Array) {
    this.#rest = Buffer.from(bytes);
  }

  get atEnd(): boolean {
    return this.#rest.length === 0;
  }

  number(): number {
    const value = this.#rest.length < 4 ? 0 : this.#rest.readUInt32BE();
    this.#rest = this.#rest.subarray(4);
    return value;
  }

  bytes(): Uint8Array {
    const length = this.number();
    const field = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return field;
  }

  text(): string {
    return Buffer.from(this.bytes()).toString("latin1");
  }

  skip(): void {
    this.bytes();
  }
}
