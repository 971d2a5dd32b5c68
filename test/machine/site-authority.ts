import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** A certificate and its key, as a host gets them; both PEM. */
export interface KeyPair {
  fullchain: string;
  privkey: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const hour = 3_600_000;

/** A certificate authority of one test run. */
export class TestAuthority {
  private constructor(
    /** The authority's certificate, PEM. */
    readonly pem: string,
    private readonly certificate: x509.X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async make(): Promise<TestAuthority> {
    const keys = await makeKeys();
    const usage = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;
    // Casts: the types of @peculiar/x509 are those of browsers, which Node.js has under other names.
    const certificate = await x509.X509CertificateGenerator.createSelfSigned(
      {
        name: "CN=Landfall test authority",
        keys: keys as never,
        signingAlgorithm: algorithm,
        notBefore: new Date(Date.now() - hour),
        notAfter: new Date(Date.now() + 24 * hour),
        extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(usage, true)],
      },
      webcrypto as never,
    );
    return new TestAuthority(certificate.toString("pem"), certificate, keys);
  }

  /** Makes a key and signs a certificate for a host name, and further ones. */
  async sign(domain: string, names: readonly string[] = []): Promise<KeyPair> {
    const keys = await makeKeys();
    const certificate = await x509.X509CertificateGenerator.create(
      {
        subject: `CN=${domain}`,
        issuer: this.certificate.subject,
        publicKey: keys.publicKey as never,
        signingKey: this.keys.privateKey as never,
        signingAlgorithm: algorithm,
        notBefore: new Date(Date.now() - hour),
        notAfter: new Date(Date.now() + 12 * hour),
        extensions: [
          new x509.SubjectAlternativeNameExtension([domain, ...names].map((value) => ({ type: "dns", value }))),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        ],
      },
      webcrypto as never,
    );
    const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
    return {
      fullchain: `${certificate.toString("pem")}\n`,
      privkey: `-----BEGIN PRIVATE KEY-----\n${key.replace(/(.{64})(?!$)/g, "$1\n")}\n-----END PRIVATE KEY-----\n`,
    };
  }
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}
