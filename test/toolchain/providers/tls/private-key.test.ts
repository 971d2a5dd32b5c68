import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { type PropertyMap, reveal, Secret } from "../../../../toolchain/providers/property/value";
import { tlsProvider } from "../../../../toolchain/providers/tls/provider";
import { EngineStandIn } from "../engine-stand-in";

const type = "tls:index/privateKey:PrivateKey";
const getPublicKey = "tls:index/getPublicKey:getPublicKey";

const kinds: Record<string, { inputs: PropertyMap; pem: string; facts: RegExp; ssh?: string }> = {
  "RSA 2048": { inputs: { algorithm: "RSA" }, pem: "RSA PRIVATE KEY", facts: /2048 bit/, ssh: "ssh-rsa" },
  "RSA 3072": {
    inputs: { algorithm: "RSA", rsaBits: 3072 },
    pem: "RSA PRIVATE KEY",
    facts: /3072 bit/,
    ssh: "ssh-rsa",
  },
  P224: { inputs: { algorithm: "ECDSA" }, pem: "EC PRIVATE KEY", facts: /secp224r1/ },
  P256: {
    inputs: { algorithm: "ECDSA", ecdsaCurve: "P256" },
    pem: "EC PRIVATE KEY",
    facts: /prime256v1/,
    ssh: "ecdsa-sha2-nistp256",
  },
  P384: {
    inputs: { algorithm: "ECDSA", ecdsaCurve: "P384" },
    pem: "EC PRIVATE KEY",
    facts: /secp384r1/,
    ssh: "ecdsa-sha2-nistp384",
  },
  P521: {
    inputs: { algorithm: "ECDSA", ecdsaCurve: "P521" },
    pem: "EC PRIVATE KEY",
    facts: /secp521r1/,
    ssh: "ecdsa-sha2-nistp521",
  },
  ED25519: { inputs: { algorithm: "ED25519" }, pem: "PRIVATE KEY", facts: /ED25519/, ssh: "ssh-ed25519" },
};

describe("tls:index/privateKey:PrivateKey", () => {
  let engine: EngineStandIn;
  let folder: string;
  /** One key of each kind: making them is what takes time. */
  const made = new Map<string, { id: string; state: PropertyMap }>();
  before(async function () {
    this.timeout(60_000);
    engine = await EngineStandIn.start(tlsProvider);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-private-key-"));
    for (const [name, { inputs }] of Object.entries(kinds)) made.set(name, await engine.make(type, inputs));
  });
  after(async () => {
    await engine.stop();
    fs.rmSync(folder, { recursive: true });
  });

  const keyOf = (name: string): { id: string; key: PropertyMap } => {
    const { id, state } = made.get(name) as { id: string; state: PropertyMap };
    return { id, key: reveal(state) };
  };
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const file = (name: string, content: unknown): string => {
    const place = path.join(folder, name);
    fs.writeFileSync(place, String(content), { mode: 0o600 });
    return place;
  };

  for (const [name, { inputs, pem, facts, ssh }] of Object.entries(kinds)) {
    it(`${name}: all forms hold the same key, as openssl reads them`, async () => {
      const { id, key } = keyOf(name);
      assert.match(String(key["privateKeyPem"]), new RegExp(`^-----BEGIN ${pem}-----\n`));
      assert.match(String(key["privateKeyPemPkcs8"]), /^-----BEGIN PRIVATE KEY-----\n/);
      for (const form of ["privateKeyPem", "privateKeyPemPkcs8"]) {
        const place = file("key.pem", key[form]);
        assert.match(run("openssl", "pkey", "-in", place, "-noout", "-text"), facts);
        assert.equal(run("openssl", "pkey", "-in", place, "-pubout"), key["publicKeyPem"]);
      }
      assert.match(id, /^[0-9a-f]{40}$/);
      assert.deepEqual(
        [key["rsaBits"], key["ecdsaCurve"]],
        [inputs["rsaBits"] ?? 2048, inputs["ecdsaCurve"] ?? "P224"],
      );
    });

    it(`${name}: ${ssh ? "ssh-keygen reads the key and prints the same public key and fingerprints" : "has no form for OpenSSH"}`, async () => {
      const { key } = keyOf(name);
      if (!ssh) {
        const forms = [
          "privateKeyOpenssh",
          "publicKeyOpenssh",
          "publicKeyFingerprintMd5",
          "publicKeyFingerprintSha256",
        ];
        assert.deepEqual(
          forms.map((form) => key[form]),
          ["", "", "", ""],
        );
        return;
      }
      const place = file("id", key["privateKeyOpenssh"]);
      assert.equal(run("ssh-keygen", "-y", "-f", place).trimEnd(), String(key["publicKeyOpenssh"]).trimEnd());
      assert.ok(String(key["publicKeyOpenssh"]).startsWith(`${ssh} `));
      const publicKey = file("id.pub", key["publicKeyOpenssh"]);
      assert.equal(run("ssh-keygen", "-l", "-f", publicKey).split(" ")[1], key["publicKeyFingerprintSha256"]);
      assert.equal(
        run("ssh-keygen", "-l", "-E", "md5", "-f", publicKey).split(" ")[1],
        `MD5:${key["publicKeyFingerprintMd5"]}`,
      );
    });

    it(`${name}: getPublicKey finds the same public key in each form`, async () => {
      const { id, key } = keyOf(name);
      const forms = [
        { privateKeyPem: key["privateKeyPem"] },
        { privateKeyPem: key["privateKeyPemPkcs8"] },
        ...(ssh ? [{ privateKeyOpenssh: key["privateKeyOpenssh"] }] : []),
      ];
      for (const form of forms) {
        const found = await engine.invoke(getPublicKey, form);
        assert.deepEqual(
          [
            found["algorithm"],
            found["id"],
            found["publicKeyPem"],
            found["publicKeyOpenssh"],
            found["publicKeyFingerprintSha256"],
          ],
          [key["algorithm"], id, key["publicKeyPem"], key["publicKeyOpenssh"], key["publicKeyFingerprintSha256"]],
        );
      }
    });
  }

  it("keeps every private form secret, and no public one", async () => {
    const { state } = await engine.make(type, { algorithm: "ED25519" });
    const secrets = Object.keys(state).filter((name) => state[name] instanceof Secret);
    assert.deepEqual(secrets.sort(), ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"]);
  });

  it("is a new one each time, and is replaced on every change", async () => {
    const [one, two] = [
      await engine.make(type, { algorithm: "ED25519" }),
      await engine.make(type, { algorithm: "ED25519" }),
    ];
    assert.notEqual(one.id, two.id);
    const { replaces } = await engine.diff(
      type,
      one.state,
      { algorithm: "RSA", rsaBits: 4096 },
      { olds: { algorithm: "ED25519" } },
    );
    assert.deepEqual(replaces, ["algorithm", "rsaBits"]);
  });

  it("names what it cannot make", async () => {
    assert.deepEqual((await engine.check(type, { algorithm: "DSA", rsaBits: 2048 })).failures, [
      'algorithm is "DSA", and has to be one of RSA, ECDSA, ED25519',
    ]);
    assert.deepEqual((await engine.check(type, { algorithm: "RSA", rsaBits: 128 })).failures, [
      "rsaBits is 128, and has to be from 512 to 16384",
    ]);
  });

  it("reads keys that ssh-keygen made", async () => {
    for (const kind of ["rsa", "ecdsa", "ed25519"]) {
      const place = path.join(folder, `made-${kind}`);
      run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", place);
      const found = await engine.invoke(getPublicKey, { privateKeyOpenssh: fs.readFileSync(place, "utf8") });
      assert.equal(String(found["publicKeyOpenssh"]).trim(), fs.readFileSync(`${place}.pub`, "utf8").trim());
    }
  });

  it("says which argument getPublicKey cannot read, without showing it", async () => {
    await assert.rejects(engine.invoke(getPublicKey, {}), /exactly one of privateKeyPem and privateKeyOpenssh/);
    await assert.rejects(engine.invoke(getPublicKey, { privateKeyPem: new Secret("hidden") }), {
      message: "privateKeyPem is not a private key in PEM: PKCS #1, SEC 1 or PKCS #8",
    });
    const cut = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----";
    await assert.rejects(engine.invoke(getPublicKey, { privateKeyOpenssh: cut }), {
      message: "privateKeyOpenssh is cut off; it has to be the whole file",
    });
  });
});
