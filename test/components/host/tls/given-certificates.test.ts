import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "../../../../components/app/app";
import { CertificateFrom, DomainSettings } from "../../../../components/app/domain-settings";
import { problemText } from "../../../../components/app/problem";
import { GivenCertificates, givenCertificates } from "../../../../components/host/tls/given-certificates";
import { mkcertFolder } from "../../../../components/host/tls/mkcert";
import { Holder, makeCertificate } from "./test-certificates";

const domain = "www.example.com";
const apps: App[] = [{ name: "site", source: {}, routes: [{ domain }] }];
const now = new Date();
const days = (count: number): Date => new Date(now.getTime() + count * 24 * 3_600_000);

describe("certificates that are files", () => {
  let folder: string;
  let root: Holder;
  let middle: Holder;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "landfall-given-"));
    mkdirSync(join(folder, "mkcert"));
    root = await makeCertificate({ subject: "Client's root" });
    middle = await makeCertificate({ subject: "Client's authority", issuer: root });
    const mkcert = await makeCertificate({ subject: "mkcert" });
    writeFileSync(join(folder, "mkcert/rootCA.pem"), mkcert.certificate);
    const write = (name: string, { certificate, privateKey }: Holder, chain = ""): void => {
      writeFileSync(join(folder, `${name}.pem`), certificate + chain);
      writeFileSync(join(folder, `${name}-key.pem`), privateKey);
    };
    write("good", await makeCertificate({ subject: domain, names: [domain, "example.com"], issuer: middle }));
    writeFileSync(join(folder, "chain.pem"), middle.certificate);
    write("whole", await makeCertificate({ subject: domain, names: [domain], issuer: middle }), middle.certificate);
    write("old", await makeCertificate({ subject: domain, names: [domain], notBefore: days(-9), notAfter: days(-1) }));
    write("early", await makeCertificate({ subject: domain, names: [domain], notBefore: days(2), notAfter: days(9) }));
    write(
      "www.example.com+1",
      await makeCertificate({ subject: domain, names: [domain, "example.com"], issuer: mkcert }),
    );
    write("www.example.com", await makeCertificate({ subject: domain, names: [domain], issuer: mkcert }));
  });
  after(() => rmSync(folder, { recursive: true }));

  const given = (settings: Partial<DomainSettings>, caRoot = join(folder, "mkcert")): GivenCertificates =>
    givenCertificates({ domains: [{ domain, ...settings }] }, apps, folder, now, caRoot);
  const files = (certificate: string, key: string, more: Partial<DomainSettings> = {}, chain?: string): string[] =>
    given({
      certificate: CertificateFrom.Files,
      files: { certificate, key, ...(chain && { chain }) },
      ...more,
    }).problems.map((problem) => `${problem.path} ${problemText(problem)}`);

  it("are handed over with their chain", () => {
    const { pairs, problems } = given({
      certificate: CertificateFrom.Files,
      files: { certificate: "good.pem", chain: "chain.pem", key: "good-key.pem" },
    });
    assert.deepEqual(problems, []);
    assert.equal(pairs[domain]?.fullchain.match(/BEGIN CERTIFICATE/g)?.length, 2);
    assert.ok(pairs[domain]?.fullchain.endsWith(`${middle.certificate.trim()}\n`));
  });

  it("may have the chain behind the certificate", () => assert.deepEqual(files("whole.pem", "whole-key.pem"), []));

  it("are for all names of the domain", () => {
    assert.deepEqual(files("good.pem", "good-key.pem", { redirects: ["example.com"] }, "chain.pem"), []);
    assert.deepEqual(
      files("good.pem", "good-key.pem", { aliases: ["a.example.com"], redirects: ["example.com"] }, "chain.pem"),
      ["web.domains[0].files.certificate is not for a.example.com; it is for www.example.com, example.com"],
    );
  });

  it("tell everything that is wrong at once", () => {
    const day = days(-1).toISOString().slice(0, 10);
    assert.deepEqual(files("old.pem", "good-key.pem", { aliases: ["a.example.com"] }), [
      `web.domains[0].files.certificate expired on ${day}; give one that has been renewed`,
      "web.domains[0].files.certificate is not for a.example.com; it is for www.example.com",
      "web.domains[0].files.key is not the key of the certificate; give the key that the certificate was asked for with",
    ]);
  });

  it("are valid already", () =>
    assert.match(files("early.pem", "early-key.pem").join(), /files\.certificate is not valid before \d{4}-/));

  it("have a chain that leads to the authority", () => {
    assert.match(
      files("good.pem", "good-key.pem").join(),
      /files\.chain is missing, and the certificate was issued by/,
    );
    assert.match(files("good.pem", "good-key.pem", {}, "old.pem").join(), /files\.chain has .* which did not issue/);
  });

  it("are there", () =>
    assert.deepEqual(files("none.pem", "good-key.pem"), [
      'web.domains[0].files.certificate "none.pem" does not exist; relative paths are looked up from the folder of Pulumi.yaml',
    ]));

  it("keep the key to themselves when it is in the wrong place", () => {
    const said = files("good-key.pem", "good-key.pem").join();
    assert.match(said, /files\.certificate holds a private key/);
    assert.doesNotMatch(said, /BEGIN/);
  });

  describe("of mkcert", () => {
    it("are found by the names that they are for", () => {
      const { pairs, authorities, problems } = given({
        certificate: CertificateFrom.Mkcert,
        redirects: ["example.com"],
      });
      assert.deepEqual(problems, []);
      assert.ok(pairs[domain]);
      assert.equal(authorities.length, 1);
    });

    it("are missed with the command that makes them", () =>
      assert.deepEqual(
        given({ certificate: CertificateFrom.Mkcert, aliases: ["b.example.com"] }).problems.map(({ reason, fix }) => [
          reason,
          fix,
        ]),
        [
          [
            "has no pair for www.example.com, b.example.com in the folder of Pulumi.yaml",
            "run mkcert www.example.com b.example.com there",
          ],
        ],
      ));

    it("need mkcert's authority", () =>
      assert.match(
        given({ certificate: CertificateFrom.Mkcert }, join(folder, "nowhere")).problems[0]?.reason ?? "",
        /has no authority in .*nowhere/,
      ));

    it("are of the authority that this computer trusts", () =>
      assert.match(
        given({ certificate: CertificateFrom.Mkcert, files: { certificate: "good.pem", key: "good-key.pem" } })
          .problems[0]?.reason ?? "",
        /has "mkcert" at place 1, which did not issue the certificate/,
      ));

    it("are looked for where mkcert keeps them", () => {
      assert.equal(mkcertFolder({ CAROOT: "/own" }), "/own");
      assert.equal(mkcertFolder({ XDG_DATA_HOME: "/data" }), "/data/mkcert");
      assert.match(mkcertFolder({}), /\/\.local\/share\/mkcert$/);
    });
  });
});
