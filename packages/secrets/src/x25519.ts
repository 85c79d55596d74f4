import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from "node:crypto";

/** DER in front of a raw X25519 key (RFC 8410). */
const privatePrefix = Buffer.from("302e020100300506032b656e04220420", "hex");
const publicPrefix = Buffer.from("302a300506032b656e032100", "hex");

/** X25519 of a 32-byte scalar, which is clamped, and a 32-byte point; throws for points of low order. */
export function multiply(scalar: Uint8Array, point: Uint8Array): Uint8Array {
  const publicKey = createPublicKey({
    key: Buffer.concat([publicPrefix, point]),
    format: "der",
    type: "spki",
  });
  return diffieHellman({ privateKey: privateKey(scalar), publicKey });
}

/** The public point of a 32-byte scalar. */
export function multiplyBase(scalar: Uint8Array): Uint8Array {
  const publicKey = createPublicKey(privateKey(scalar));
  return publicKey.export({ format: "der", type: "spki" }).subarray(publicPrefix.length);
}

const p = 2n ** 255n - 19n;

/**
 * The X25519 point that an Ed25519 public key stands for: u = (1 + y) / (1 - y) mod 2^255 - 19 (RFC 7748, 4.1).
 * Public keys are no secret, so that this need not run in constant time.
 */
export function fromEd25519(publicKey: Uint8Array): Uint8Array {
  const y = decodeLittleEndian(publicKey) & (2n ** 255n - 1n);
  const u = modulo((1n + y) * power(modulo(1n - y), p - 2n));
  return Uint8Array.from({ length: 32 }, (_, index) => Number((u >> BigInt(8 * index)) & 255n));
}

function privateKey(scalar: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privatePrefix, scalar]), format: "der", type: "pkcs8" });
}

function decodeLittleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function modulo(value: bigint): bigint {
  return ((value % p) + p) % p;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = modulo(square * square)) {
    if ((rest & 1n) === 1n) result = modulo(result * square);
  }
  return result;
}
