import assert from "node:assert/strict";
import { createSecureContext } from "node:tls";
import { guest } from "../../../../components/host/guest";
import { intermediate } from "../../../../components/host/tls/mozilla";

describe("intermediate", () => {
  it("leaves out the curve that the guest's OpenSSL does not have", () => {
    assert.deepEqual(intermediate(guest(12)).curves, ["X25519", "prime256v1", "secp384r1"]);
    assert.deepEqual(intermediate(guest(13)).curves, ["X25519MLKEM768", "X25519", "prime256v1", "secp384r1"]);
  });

  it("has forward secrecy and authenticated encryption only", () => {
    for (const cipher of intermediate(guest(12)).ciphers) assert.match(cipher, /^ECDHE-.*(GCM|POLY1305)/);
  });

  it("is taken by a real OpenSSL", () => {
    const { ciphers, curves } = intermediate(guest(12));
    createSecureContext({ ciphers: ciphers.join(":"), ecdhCurve: curves.join(":") });
  });
});
