import { createHash, createPublicKey, type KeyObject, randomBytes } from "node:crypto";

import { algorithmOf, curveFacts, curveOf, ecdsaCurves } from "./key-algorithms";

// OpenSSH's formats: RFC 4253 section 6.6 (RSA), RFC 5656 (ECDSA), RFC 8709 (Ed25519), and PROTOCOL.key of OpenSSH's
// source for private keys.

/** The public key in the bytes that `authorized_keys` has in base64; undefined for a curve that OpenSSH does not know. */
export function publicKeyBlob(key: KeyObject): Buffer | undefined {
  const type = keyType(key);
  if (type === undefined) return undefined;
  const jwk = publicPart(key).export({ format: "jwk" });
  switch (algorithmOf(key)) {
    case "RSA":
      return Buffer.concat([text(type), integer(jwk.e), integer(jwk.n)]);
    case "ECDSA":
      return Buffer.concat([text(type), text(curveFacts[curveOf(key)].openssh as string), bytes(point(jwk))]);
    case "ED25519":
      return Buffer.concat([text(type), bytes(decode(jwk.x))]);
  }
}

/** A line for `authorized_keys`, with line end and without comment; empty where OpenSSH does not know the curve. */
export function authorizedKey(key: KeyObject): string {
  const blob = publicKeyBlob(key);
  return blob ? `${keyType(key)} ${blob.toString("base64")}\n` : "";
}

/** Fingerprints as `ssh-keygen -l` prints them, MD5 without its prefix; empty where OpenSSH does not know the curve. */
export function fingerprints(key: KeyObject): { md5: string; sha256: string } {
  const blob = publicKeyBlob(key);
  if (!blob) return { md5: "", sha256: "" };
  const md5 = createHash("md5").update(blob).digest("hex").match(/../g) as string[];
  const sha256 = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { md5: md5.join(":"), sha256: `SHA256:${sha256}` };
}

const magic = Buffer.from("openssh-key-v1\0");
const armor = { begin: "-----BEGIN OPENSSH PRIVATE KEY-----", end: "-----END OPENSSH PRIVATE KEY-----" };

/** Without a cipher the block is as if the cipher's were 8 bytes long. */
const blockSize = 8;

/** The private key in OpenSSH's own format, not encrypted; empty where OpenSSH does not know the curve. */
export function privateKeyFile(key: KeyObject): string {
  const blob = publicKeyBlob(key);
  const type = keyType(key);
  if (!blob || type === undefined) return "";
  // Twice the same random number: a reader tells by it whether decryption worked.
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, text(type), privateFields(key), text("")]);
  const padding = Buffer.from(
    Array.from({ length: (blockSize - (secret.length % blockSize)) % blockSize }, (_, i) => i + 1),
  );
  const one = Buffer.from([0, 0, 0, 1]);
  const cipherless = [text("none"), text("none"), text("")];
  const all = Buffer.concat([magic, ...cipherless, one, bytes(blob), bytes(Buffer.concat([secret, padding]))]);
  const lines = all.toString("base64").match(/.{1,64}/g) as string[];
  return `${[armor.begin, ...lines, armor.end].join("\n")}\n`;
}

/** The public key in a private key file of OpenSSH's own format; it is there in clear also when the file is encrypted. */
export function publicKeyInFile(file: string): KeyObject {
  const body = file.trim();
  if (!body.startsWith(armor.begin) || !body.endsWith(armor.end))
    throw new Error("is not a private key in OpenSSH's format");
  const reader = new Reader(Buffer.from(body.slice(armor.begin.length, -armor.end.length), "base64"));
  if (!reader.take(magic.length).equals(magic)) throw new Error("is not a private key in OpenSSH's format");
  reader.field();
  reader.field();
  reader.field();
  reader.take(4);
  return publicKeyOf(reader.field());
}

function publicKeyOf(blob: Buffer): KeyObject {
  const reader = new Reader(blob);
  const type = reader.field().toString("latin1");
  if (type === "ssh-rsa") {
    const [e, n] = [reader.field(), reader.field()].map(unsigned);
    return createPublicKey({ format: "jwk", key: { kty: "RSA", n, e } });
  }
  if (type === "ssh-ed25519") {
    return createPublicKey({
      format: "jwk",
      key: { kty: "OKP", crv: "Ed25519", x: reader.field().toString("base64url") },
    });
  }
  const name = type.startsWith("ecdsa-sha2-") ? reader.field().toString("latin1") : undefined;
  const curve = ecdsaCurves.find((candidate) => curveFacts[candidate].openssh === name && name !== undefined);
  if (!curve)
    throw new Error(`is a key of type ${type}, and has to be ssh-rsa, ssh-ed25519 or ecdsa-sha2-nistp256 to 521`);
  const uncompressed = reader.field().subarray(1);
  const half = uncompressed.length / 2;
  const [x, y] = [uncompressed.subarray(0, half), uncompressed.subarray(half)].map((part) =>
    part.toString("base64url"),
  );
  return createPublicKey({ format: "jwk", key: { kty: "EC", crv: curve.replace("P", "P-"), x, y } });
}

function keyType(key: KeyObject): string | undefined {
  switch (algorithmOf(key)) {
    case "RSA":
      return "ssh-rsa";
    case "ED25519":
      return "ssh-ed25519";
    case "ECDSA": {
      const name = curveFacts[curveOf(key)].openssh;
      return name === undefined ? undefined : `ecdsa-sha2-${name}`;
    }
  }
}

function privateFields(key: KeyObject): Buffer {
  const jwk = key.export({ format: "jwk" });
  switch (algorithmOf(key)) {
    case "RSA":
      return Buffer.concat([jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map(integer));
    case "ECDSA":
      return Buffer.concat([text(curveFacts[curveOf(key)].openssh as string), bytes(point(jwk)), integer(jwk.d)]);
    case "ED25519":
      return Buffer.concat([bytes(decode(jwk.x)), bytes(Buffer.concat([decode(jwk.d), decode(jwk.x)]))]);
  }
}

function publicPart(key: KeyObject): KeyObject {
  return key.type === "private" ? createPublicKey(key) : key;
}

/** An uncompressed point: 4 and both coordinates. */
function point(jwk: { x?: string; y?: string }): Buffer {
  return Buffer.concat([Buffer.from([4]), decode(jwk.x), decode(jwk.y)]);
}

function decode(base64url: string | undefined): Buffer {
  return Buffer.from(base64url ?? "", "base64url");
}

function bytes(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

function text(content: string): Buffer {
  return bytes(Buffer.from(content));
}

/** `mpint` of RFC 4251: no leading zeros, but one where the first bit would make it negative. */
function integer(base64url: string | undefined): Buffer {
  const digits = decode(base64url);
  const start = digits.findIndex((byte) => byte !== 0);
  const significant = digits.subarray(start < 0 ? digits.length : start);
  return bytes((significant[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), significant]) : significant);
}

function unsigned(field: Buffer): string {
  return (field[0] === 0 ? field.subarray(1) : field).toString("base64url");
}

/** Reads fields that begin with their length. */
class Reader {
  private position = 0;

  constructor(private readonly content: Buffer) {}

  take(length: number): Buffer {
    if (this.position + length > this.content.length) throw new Error("is cut off; it has to be the whole file");
    const taken = this.content.subarray(this.position, this.position + length);
    this.position += length;
    return taken;
  }

  field(): Buffer {
    return this.take(this.take(4).readUInt32BE());
  }
}
