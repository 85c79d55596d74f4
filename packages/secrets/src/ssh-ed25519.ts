import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { Identity, Recipient, Stanza } from "age-encryption";
import type { SshPrivateKey, SshPublicKey } from "./openssh-key.ts";
import { fromEd25519, multiply, multiplyBase } from "./x25519.ts";

const label = "age-encryption.org/v1/ssh-ed25519";

/**
 * age's recipient for OpenSSH Ed25519 keys, which the age program has and typage lacks: X25519 to the key's
 * Montgomery form, bound to the key by a tweak (age's `agessh` package).
 */
export class SshEd25519Recipient implements Recipient {
  readonly #publicKey: SshPublicKey;

  constructor(publicKey: SshPublicKey) {
    this.#publicKey = publicKey;
  }

  wrapFileKey(fileKey: Uint8Array): Stanza[] {
    const theirs = fromEd25519(this.#publicKey.key);
    const ephemeral = randomBytes(32);
    const ours = multiplyBase(ephemeral);
    const key = wrappingKey(this.#publicKey, multiply(ephemeral, theirs), ours, theirs);
    const cipher = createCipheriv("chacha20-poly1305", key, noNonce, { authTagLength: tagLength });
    const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
    return [
      { args: ["ssh-ed25519", fingerprint(this.#publicKey), unpadded(ours)], body: new Uint8Array(body) },
    ];
  }
}

/** The counterpart of {@link SshEd25519Recipient}, from an OpenSSH private key. */
export class SshEd25519Identity implements Identity {
  readonly #key: SshPrivateKey;

  constructor(key: SshPrivateKey) {
    this.#key = key;
  }

  unwrapFileKey(stanzas: Stanza[]): Uint8Array | null {
    const { seed, publicKey } = this.#key;
    const mine = stanzas.find(({ args }) => args[0] === "ssh-ed25519" && args[1] === fingerprint(publicKey));
    if (mine === undefined) return null;
    const share = Buffer.from(mine.args[2] ?? "", "base64");
    if (mine.args.length !== 3 || share.length !== 32 || mine.body.length !== 16 + tagLength) {
      throw new Error("malformed ssh-ed25519 stanza");
    }
    const scalar = createHash("sha512").update(seed).digest().subarray(0, 32);
    const key = wrappingKey(publicKey, multiply(scalar, share), share, fromEd25519(publicKey.key));
    const decipher = createDecipheriv("chacha20-poly1305", key, noNonce, { authTagLength: tagLength });
    decipher.setAuthTag(mine.body.subarray(16));
    return new Uint8Array(Buffer.concat([decipher.update(mine.body.subarray(0, 16)), decipher.final()]));
  }
}

/** The four bytes by which a stanza names its key, as base64 without padding. */
export function fingerprint(publicKey: SshPublicKey): string {
  return unpadded(createHash("sha256").update(publicKey.wire).digest().subarray(0, 4));
}

const tagLength = 16;
/** The wrapping key is used once. */
const noNonce = new Uint8Array(12);

function wrappingKey(
  publicKey: SshPublicKey,
  shared: Uint8Array,
  ours: Uint8Array,
  theirs: Uint8Array,
): Uint8Array {
  const tweak = new Uint8Array(hkdfSync("sha256", new Uint8Array(0), publicKey.wire, label, 32));
  const secret = multiply(tweak, shared);
  return new Uint8Array(hkdfSync("sha256", secret, Buffer.concat([ours, theirs]), label, 32));
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}
