import assert from "node:assert/strict";
import { Problem, problemText } from "../../../../components/app/problem";
import { Report } from "../../../../components/app/validation/report";
import { importable } from "../../../../components/aws/certificate/importable";
import { checkKey, checkPem } from "../../../../components/host/tls/check-pem";
import { Holder, locked, makeCertificate } from "./test-certificates";

const now = new Date();
const days = (count: number): Date => new Date(now.getTime() + count * 24 * 3_600_000);
const names = ["shop.example", "*.shop.example"];

describe("checkPem", () => {
  let root: Holder;
  let middle: Holder;
  let shop: Holder;
  let chain: string;

  before(async () => {
    root = await makeCertificate({ subject: "Root" });
    middle = await makeCertificate({ subject: "Middle", issuer: root });
    shop = await makeCertificate({ subject: "shop.example", issuer: middle, names });
    chain = middle.certificate + root.certificate;
  });

  const said = (pem: { certificate: string; chain?: string }, domains = names): string[] => {
    const problems: Problem[] = [];
    checkPem(pem, domains, now, new Report("importPem", problems));
    return problems.map((problem) => `${problem.path} ${problemText(problem)}`);
  };

  it("takes a certificate whose chain leads to its authority, with the root or without", () => {
    assert.deepEqual(said({ certificate: shop.certificate, chain }), []);
    assert.deepEqual(said({ certificate: shop.certificate, chain: middle.certificate }), []);
  });

  it("takes a host name that a wildcard of the certificate stands for, but no deeper one", () => {
    const pem = { certificate: shop.certificate, chain };
    assert.deepEqual(said(pem, ["www.shop.example"]), []);
    assert.deepEqual(said(pem, ["a.b.shop.example", "*.example", "shop.example"]), [
      "importPem.certificate is not for a.b.shop.example, *.example; it is for shop.example, *.shop.example",
    ]);
  });

  it("takes a self-signed certificate alone", async () => {
    const alone = await makeCertificate({ subject: "shop.example", names });
    assert.deepEqual(said({ certificate: alone.certificate }), []);
  });

  it("misses the chain of a certificate that somebody issued", () => {
    assert.deepEqual(said({ certificate: shop.certificate }), [
      'importPem.chain is missing, and the certificate was issued by "Middle"; give the certificates of its authority; without them browsers do not trust it',
    ]);
  });

  it("names the gap in a chain", () => {
    assert.deepEqual(said({ certificate: shop.certificate, chain: root.certificate + middle.certificate }), [
      'importPem.chain has "Root" at place 1, which did not issue the certificate; put the certificate of "Middle" there',
      'importPem.chain has "Middle" at place 2, which did not issue "Root" in front of it; put the certificate of "Root" there',
    ]);
  });

  it("does not believe an issuer by its name", async () => {
    const impostor = await makeCertificate({ subject: "Middle" });
    const [problem] = said({ certificate: shop.certificate, chain: impostor.certificate });
    assert.match(problem!, /has "Middle" at place 1, which did not issue the certificate/);
  });

  it("finds the certificate where its chain should begin", () => {
    assert.deepEqual(said({ certificate: shop.certificate, chain: shop.certificate + chain }), [
      "importPem.chain begins with the certificate itself; leave that out: the chain begins with its issuer",
    ]);
  });

  it("refuses certificates that have expired or are not valid yet, in the chain too", async () => {
    const [past, day] = [days(-1), days(-1).toISOString().slice(0, 10)];
    const old = await makeCertificate({ subject: "old", names, notBefore: days(-9), notAfter: past });
    const early = await makeCertificate({ subject: "early", names, notBefore: days(3), notAfter: days(9) });
    const oldRoot = await makeCertificate({ subject: "Old", notBefore: days(-9), notAfter: past });
    const child = await makeCertificate({ subject: "child", issuer: oldRoot, names });
    assert.deepEqual(said({ certificate: old.certificate }), [
      `importPem.certificate expired on ${day}; give one that has been renewed`,
    ]);
    assert.match(
      said({ certificate: early.certificate })[0]!,
      /certificate is not valid before \d{4}-\d\d-\d\d; give it/,
    );
    assert.deepEqual(said({ certificate: child.certificate, chain: oldRoot.certificate }), [
      `importPem.chain has "Old", which expired on ${day}; give one that has been renewed`,
    ]);
  });

  it("refuses what is no certificate, several at once, and a key in their midst, which it does not repeat", () => {
    const texts = [
      ...said({ certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", chain: "nothing" }),
      ...said({ certificate: shop.certificate + chain, chain }),
      ...said({ certificate: shop.certificate + shop.privateKey, chain }),
    ];
    assert.deepEqual(
      texts.map((text) => text.replace(/;.*/, "")),
      [
        "importPem.certificate cannot be read as certificates in PEM",
        "importPem.chain cannot be read as certificates in PEM",
        "importPem.certificate holds 3 certificates",
        "importPem.certificate holds a private key",
      ],
    );
    assert.ok(!texts.join().includes(shop.privateKey.split("\n")[1]!));
  });
});

describe("checkKey", () => {
  let shop: Holder;
  before(async () => (shop = await makeCertificate({ subject: "shop.example", names })));

  const said = (privateKey: string, { certificate } = shop): string[] => {
    const problems: Problem[] = [];
    checkKey(certificate, privateKey, importable, new Report("key", problems));
    return problems.map((problem) => `${problem.path} ${problemText(problem)}`);
  };

  it("takes the key of the certificate", () => assert.deepEqual(said(shop.privateKey), []));

  it("refuses another key, one with a passphrase and what is none, and repeats none of them", async () => {
    const other = (await makeCertificate({ subject: "other", names })).privateKey;
    const cases = [other, locked(shop.privateKey), "hunter2"];
    const texts = cases.flatMap((key) => said(key));
    assert.deepEqual(texts, [
      "key is not the key of the certificate; give the key that the certificate was asked for with",
      "key is encrypted; decrypt it: nobody is there to type a passphrase; keep it as a secret of the stack",
      'key is not a private key in PEM; give the text from "-----BEGIN" on',
    ]);
    assert.ok(cases.every((key) => !texts.join().includes(key.split("\n")[1] ?? key)));
  });

  it("takes RSA keys of the sizes that ACM imports, and no others", async () => {
    const [usual, odd] = [await rsaHolder(2048), await rsaHolder(2560)];
    assert.deepEqual(said(usual.privateKey, usual), []);
    assert.deepEqual(said(odd.privateKey, odd), [
      "key is of a kind that ACM does not import; use RSA with 1024, 2048, 3072 or 4096 bits, or the curves P-256, P-384, P-521",
    ]);
  });

  const rsaHolder = (rsaBits: number): Promise<Holder> => makeCertificate({ subject: "rsa", names, rsaBits });
});
