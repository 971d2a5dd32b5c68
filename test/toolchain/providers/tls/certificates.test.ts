import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as tls from "node:tls";

import { type PropertyMap, reveal, Secret, Unknown } from "../../../../toolchain/providers/property/value";
import { tlsProvider } from "../../../../toolchain/providers/tls/provider";
import { EngineStandIn } from "../engine-stand-in";

const tokens = {
  key: "tls:index/privateKey:PrivateKey",
  request: "tls:index/certRequest:CertRequest",
  selfSigned: "tls:index/selfSignedCert:SelfSignedCert",
  signed: "tls:index/locallySignedCert:LocallySignedCert",
};

const kinds = {
  RSA: { algorithm: "RSA" },
  "ECDSA P224": { algorithm: "ECDSA" },
  "ECDSA P256": { algorithm: "ECDSA", ecdsaCurve: "P256" },
  "ECDSA P384": { algorithm: "ECDSA", ecdsaCurve: "P384" },
  "ECDSA P521": { algorithm: "ECDSA", ecdsaCurve: "P521" },
  ED25519: { algorithm: "ED25519" },
} as const;

describe("certificates of the tls provider", () => {
  let engine: EngineStandIn;
  let folder: string;
  before(async () => {
    engine = await EngineStandIn.start(tlsProvider);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-certificates-"));
  });
  after(async () => {
    await engine.stop();
    fs.rmSync(folder, { recursive: true });
  });

  const make = async (type: string, inputs: PropertyMap): Promise<Record<string, string>> =>
    reveal((await engine.make(type, inputs)).state) as Record<string, string>;

  const newKey = async (inputs: PropertyMap = kinds["ECDSA P256"]): Promise<string> =>
    (await make(tokens.key, inputs))["privateKeyPem"] as string;

  async function authority(key: string, more: PropertyMap = {}): Promise<Record<string, string>> {
    return make(tokens.selfSigned, {
      privateKeyPem: key,
      subject: { commonName: "Test authority", organization: "Landfall" },
      isCaCertificate: true,
      validityPeriodHours: 24,
      allowedUses: ["cert_signing", "crl_signing"],
      ...more,
    });
  }

  async function signed(
    caKey: string,
    caCertPem: string,
    key: string,
    names: PropertyMap,
    more: PropertyMap = {},
  ): Promise<Record<string, string>> {
    const { certRequestPem } = await make(tokens.request, { privateKeyPem: key, ...names });
    return make(tokens.signed, {
      certRequestPem,
      caCertPem,
      caPrivateKeyPem: caKey,
      validityPeriodHours: 12,
      allowedUses: ["digital_signature", "server_auth"],
      ...more,
    });
  }

  const file = (name: string, content: string | undefined): string => {
    const place = path.join(folder, name);
    fs.writeFileSync(place, content as string);
    return place;
  };

  const openssl = (...args: string[]): string =>
    execFileSync("openssl", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  const text = (pem: string | undefined): string => openssl("x509", "-in", file("shown.pem", pem), "-noout", "-text");

  for (const [kind, inputs] of Object.entries(kinds)) {
    it(`are accepted by openssl when authority and server have ${kind} keys`, async () => {
      const [caKey, key] = [await newKey(inputs), await newKey(inputs)];
      const ca = await authority(caKey);
      const { certPem } = await signed(caKey, ca["certPem"] as string, key, { dnsNames: ["a.localhost"] });
      const verified = openssl(
        "verify",
        "-x509_strict",
        "-CAfile",
        file("ca.pem", ca["certPem"]),
        "-verify_hostname",
        "a.localhost",
        file("cert.pem", certPem),
      );
      assert.match(verified, /: OK$/m);
    });

    it(`are requested in a way that openssl accepts with ${kind} keys`, async () => {
      const { certRequestPem, keyAlgorithm } = await make(tokens.request, {
        privateKeyPem: await newKey(inputs),
        subject: { commonName: "x" },
      });
      assert.equal(keyAlgorithm, inputs.algorithm);
      openssl("req", "-in", file("request.pem", certRequestPem), "-noout", "-verify");
    });
  }

  it("let a client trust a server by the authority, and refuse it without", async () => {
    const [caKey, key] = [await newKey(), await newKey(kinds.ED25519)];
    const { certPem: ca } = await authority(caKey);
    const { certPem: cert } = await signed(caKey, ca as string, key, {
      dnsNames: ["site.localhost"],
      ipAddresses: ["127.0.0.1"],
    });
    const server = tls.createServer({ key, cert }, (socket) => socket.end("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const connect = (options: tls.ConnectionOptions): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = tls.connect({ port, host: "127.0.0.1", ...options });
        socket.once("error", reject).once("data", (data) => resolve(data.toString()));
      });
    try {
      assert.equal(await connect({ ca, servername: "site.localhost" }), "hello");
      await assert.rejects(connect({ servername: "site.localhost" }), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
      await assert.rejects(connect({ ca, servername: "other.localhost" }), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    } finally {
      server.close();
    }
  });

  it("carry names, uses, identifiers and authority as asked", async () => {
    const caKey = await newKey();
    const ca = await authority(caKey, { maxPathLength: 0 });
    const names = {
      dnsNames: ["a.example", "*.b.example"],
      ipAddresses: ["192.0.2.1", "2001:db8::1"],
      uris: ["spiffe://x/y"],
      subject: { commonName: "a" },
    };
    const cert = await signed(caKey, ca["certPem"] as string, await newKey(kinds.RSA), names, {
      setSubjectKeyId: true,
      allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
    });
    const caText = text(ca["certPem"]);
    assert.match(caText, /X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign/);
    assert.match(caText, /X509v3 Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    const certText = text(cert["certPem"]);
    assert.match(certText, /X509v3 Key Usage: critical\s+Digital Signature, Key Encipherment\s/);
    assert.match(
      certText,
      /X509v3 Extended Key Usage:\s+TLS Web Server Authentication, TLS Web Client Authentication\s/,
    );
    assert.match(certText, /X509v3 Basic Constraints: critical\s+CA:FALSE/);
    assert.match(
      certText,
      /DNS:a\.example, DNS:\*\.b\.example, IP Address:192\.0\.2\.1, IP Address:2001:DB8:0:0:0:0:0:1, URI:spiffe:\/\/x\/y/,
    );
    const subjectId = /Subject Key Identifier:\s+(\S+)/.exec(caText)?.[1];
    assert.ok(subjectId);
    assert.equal(/Authority Key Identifier:\s+(\S+)/.exec(certText)?.[1], subjectId);
    assert.match(certText, /Subject Key Identifier/);
  });

  it("carry every part of a subject, in the usual order, in the encoding that each wants", async () => {
    const subject = {
      commonName: 'Ångström, "quoted" = +',
      country: "CH",
      emailAddress: "a@b.example",
      locality: "Bern",
      organization: "O",
      organizationalUnit: "OU",
      postalCode: "3000",
      province: "BE",
      serialNumber: "7",
      streetAddresses: ["One", "Two"],
    };
    const { certPem } = await authority(await newKey(), { subject });
    const shown = openssl(
      "x509",
      "-in",
      file("subject.pem", certPem),
      "-noout",
      "-subject",
      "-nameopt",
      "RFC2253,-esc_msb,show_type,utf8,-dn_rev",
    );
    assert.equal(
      shown.trim(),
      "subject=C=PRINTABLESTRING:CH,O=PRINTABLESTRING:O,OU=PRINTABLESTRING:OU,L=PRINTABLESTRING:Bern,ST=PRINTABLESTRING:BE," +
        "street=PRINTABLESTRING:One+street=PRINTABLESTRING:Two,postalCode=PRINTABLESTRING:3000," +
        'CN=UTF8STRING:Ångström\\, \\"quoted\\" = \\+,serialNumber=PRINTABLESTRING:7,emailAddress=IA5STRING:a@b.example',
    );
  });

  it("have outputs that agree with what they say", async () => {
    const { id, state } = await engine.make(tokens.selfSigned, {
      privateKeyPem: new Secret(await newKey()),
      subject: { commonName: "x" },
      validityPeriodHours: 5,
      allowedUses: [],
    });
    const certificate = new X509Certificate(state["certPem"] as string);
    assert.equal(BigInt(`0x${certificate.serialNumber}`).toString(), id);
    assert.equal(new Date(certificate.validFrom).getTime(), Date.parse(state["validityStartTime"] as string));
    assert.equal(
      Date.parse(state["validityEndTime"] as string) - Date.parse(state["validityStartTime"] as string),
      5 * 3_600_000,
    );
    assert.ok(state["privateKeyPem"] instanceof Secret);
    const {
      earlyRenewalHours,
      isCaCertificate,
      keyAlgorithm,
      maxPathLength,
      readyForRenewal,
      setAuthorityKeyId,
      setSubjectKeyId,
    } = state;
    assert.deepEqual(
      {
        earlyRenewalHours,
        isCaCertificate,
        keyAlgorithm,
        maxPathLength,
        readyForRenewal,
        setAuthorityKeyId,
        setSubjectKeyId,
      },
      {
        earlyRenewalHours: 0,
        isCaCertificate: false,
        keyAlgorithm: "ECDSA",
        maxPathLength: -1,
        readyForRenewal: false,
        setAuthorityKeyId: false,
        setSubjectKeyId: false,
      },
    );
  });

  it("are renewed early: the next diff replaces them when their time has come, and not before", async () => {
    const inputs = {
      privateKeyPem: await newKey(),
      subject: { commonName: "x" },
      validityPeriodHours: 10,
      allowedUses: [],
    };
    const { state } = await engine.make(tokens.selfSigned, { ...inputs, earlyRenewalHours: 9 });
    const unchanged = await engine.diff(
      tokens.selfSigned,
      state,
      { ...inputs, earlyRenewalHours: 9 },
      { olds: { ...inputs, earlyRenewalHours: 9 } },
    );
    assert.equal(unchanged.changes, false);
    const due = { ...inputs, earlyRenewalHours: 10 };
    assert.deepEqual((await engine.diff(tokens.selfSigned, state, due, { olds: due })).replaces, ["readyForRenewal"]);
    const expired = { ...state, validityEndTime: "2001-01-01T00:00:00Z" };
    assert.deepEqual((await engine.diff(tokens.selfSigned, expired, inputs, { olds: inputs })).replaces, [
      "readyForRenewal",
    ]);
    assert.equal((await engine.read(tokens.selfSigned, "1", expired)).state["readyForRenewal"], true);
    assert.equal((await engine.read(tokens.selfSigned, "1", state)).state["readyForRenewal"], false);
  });

  it("keep their content when only earlyRenewalHours changes, also at preview", async () => {
    const inputs = {
      privateKeyPem: await newKey(),
      subject: { commonName: "x" },
      validityPeriodHours: 10,
      allowedUses: [],
    };
    const { state } = await engine.make(tokens.selfSigned, inputs);
    const news = { ...inputs, earlyRenewalHours: 2 };
    assert.deepEqual((await engine.diff(tokens.selfSigned, state, news, { olds: inputs })).replaces, []);
    for (const preview of [true, false]) {
      const updated = await engine.update(tokens.selfSigned, state, news, { preview });
      assert.deepEqual([updated["certPem"], updated["earlyRenewalHours"]], [state["certPem"], 2]);
    }
  });

  it("are replaced on any other change", async () => {
    const before = {
      privateKeyPem: "k",
      subject: { commonName: "x" },
      validityPeriodHours: 10,
      allowedUses: ["any_extended"],
    };
    const after = {
      privateKeyPem: "l",
      subject: { commonName: "y" },
      validityPeriodHours: 11,
      allowedUses: [],
      dnsNames: ["a"],
      isCaCertificate: true,
    };
    const { replaces } = await engine.diff(tokens.selfSigned, before, after, { olds: before });
    assert.deepEqual(replaces, [
      "allowedUses",
      "dnsNames",
      "isCaCertificate",
      "privateKeyPem",
      "subject",
      "validityPeriodHours",
    ]);
  });

  it("name every input that cannot be used", async () => {
    const { failures } = await engine.check(tokens.selfSigned, {
      privateKeyPem: Unknown.value,
      allowedUses: ["server_auth"],
      dnsNames: ["ok.example", "bücher.example"],
      ipAddresses: ["10.0.0.256"],
      uris: ["nothing"],
      validityPeriodHours: -1,
      maxPathLength: -2,
      setAuthorityKeyId: true,
    });
    assert.deepEqual(
      failures.map((failure) => failure.split(" ")[0]),
      ["dnsNames[1]", "ipAddresses[0]", "uris[0]", "validityPeriodHours", "maxPathLength", "setAuthorityKeyId"],
    );
    const { failures: uses } = await engine.check(tokens.selfSigned, {
      privateKeyPem: "x",
      allowedUses: ["serve"],
      validityPeriodHours: 1,
    });
    assert.match(uses[0] ?? "", /^allowedUses\[0\] is "serve", and has to be one of any_extended, /);
  });

  it("are not made from what is not a key, a request or an authority's own key; errors show no key", async () => {
    const [key, other] = [await newKey(), await newKey()];
    const { certPem } = await authority(key);
    const base = { validityPeriodHours: 1, allowedUses: [] };
    await assert.rejects(
      make(tokens.selfSigned, {
        ...base,
        privateKeyPem: "-----BEGIN PRIVATE KEY-----\nhidden\n-----END PRIVATE KEY-----\n",
      }),
      {
        message: "privateKeyPem is not a private key in PEM: PKCS #1, SEC 1 or PKCS #8",
      },
    );
    const { certRequestPem } = await make(tokens.request, { privateKeyPem: key });
    const signing = { ...base, certRequestPem, caCertPem: certPem, caPrivateKeyPem: key };
    await assert.rejects(
      make(tokens.signed, { ...signing, caPrivateKeyPem: other }),
      /caPrivateKeyPem is not the key of caCertPem/,
    );
    await assert.rejects(
      make(tokens.signed, { ...signing, certRequestPem: certPem }),
      /certRequestPem has CERTIFICATE, and has to be one PEM block "CERTIFICATE REQUEST"/,
    );
    await assert.rejects(
      make(tokens.selfSigned, { ...base, privateKeyPem: key, isCaCertificate: true }),
      /^Error: subject is empty/,
    );
  });

  it("warn about an authority that is none", async () => {
    const key = await newKey();
    const { certPem } = await authority(key, { isCaCertificate: false });
    await signed(key, certPem as string, await newKey(), { dnsNames: ["a"] });
    assert.ok(
      engine.log.some(
        ({ severity, message }) =>
          severity === "warning" && message.startsWith("caCertPem is not the certificate of an authority"),
      ),
    );
  });

  it("may outlive the year 2050, where dates are written in another form", async () => {
    const { certPem, validityEndTime } = await authority(await newKey(), { validityPeriodHours: 30 * 365 * 24 });
    assert.equal(
      new Date(new X509Certificate(certPem as string).validTo).getTime(),
      Date.parse(validityEndTime as string),
    );
  });
});
