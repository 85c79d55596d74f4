import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { fromEd25519, multiply, multiplyBase } from "./x25519.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

test("RFC 7748, 6.1: both sides come to the same secret", () => {
  const alice = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  const bob = bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  assert.equal(hex(multiplyBase(alice)), "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  assert.equal(hex(multiplyBase(bob)), "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  const shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
  assert.equal(hex(multiply(alice, multiplyBase(bob))), shared);
  assert.equal(hex(multiply(bob, multiplyBase(alice))), shared);
});

test("the base point of Ed25519 becomes that of X25519", () => {
  const base = bytes(`58${"66".repeat(31)}`);
  assert.equal(hex(fromEd25519(base)), `09${"00".repeat(31)}`);
});

test("a point of low order is refused", () => {
  assert.throws(() => multiply(randomBytes(32), new Uint8Array(32)));
});
