import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "../../components/app/app";
import { CertificateFrom, DomainSettings } from "../../components/app/domain-settings";
import { staticSite } from "../../components/app/presets/static-site";
import { Web } from "../../components/app/web";
import { Holder, makeCertificate } from "../components/host/tls/test-certificates";
import { probeCertificate } from "../../components/probe/certificate";
import { handshakeWith } from "../../components/probe/handshake";
import { namesApps, namesBehaviour, namesWeb, strangersBehaviour } from "../behaviour/names";
import { SiteAnswer, useSite } from "./site";

const docs = join(__dirname, "site-apps/docs");

describe("names and ports", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "landfall-names-"));
  const files = { certificate: join(folder, "client.crt"), key: join(folder, "client.key") };
  let authority: Holder;
  const sign = async (): Promise<void> => {
    const { certificate, privateKey } = await makeCertificate({
      subject: "client.example.com",
      issuer: authority,
      names: ["client.example.com"],
    });
    writeFileSync(files.certificate, `${certificate}\n${authority.certificate}`);
    writeFileSync(files.key, privateKey);
  };
  before(async () => {
    authority = await makeCertificate({ subject: "The client's authority" });
    await sign();
  });
  after(() => rmSync(folder, { recursive: true }));

  const page = (name: string): App =>
    staticSite({ name, source: { directory: docs }, domains: [`${name}.example.com`] });
  const apps = [...namesApps, page("own"), page("client")];
  const own: DomainSettings = { domain: "own.example.com", certificate: CertificateFrom.SelfSigned };
  const client: DomainSettings = { domain: "client.example.com", certificate: CertificateFrom.Files, files };
  const web: Web = { domains: [...(namesWeb.domains ?? []), own, client] };
  const site = useSite({ debian: 12, apps, web });
  namesBehaviour(site);
  strangersBehaviour(site);

  /** What curl on the machine writes about an answer of the site. */
  const curl = async (address: string, url: string, ...words: string[]): Promise<string> => {
    const { hostname, port, protocol } = new URL(url);
    const resolve = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}:${address}`;
    return await site.machine.exec(["curl", "-skS", "-o", "/dev/null", "--resolve", resolve, ...words, url]);
  };

  for (const url of ["https://www.example.com/", "https://odd.example.com:9988/", "http://plain.example.com:8080/"])
    it(`answers by IPv6: ${url}`, async () => {
      assert.equal(await curl("[::1]", url, "-w", "%{remote_ip} %{http_code}"), "::1 200");
    });

  for (const url of ["https://www.example.com/", "https://odd.example.com:9988/"])
    it(`speaks HTTP/2: ${url}`, async () => {
      assert.equal(await curl("127.0.0.1", url, "--http2", "-w", "%{http_version} %{http_code}"), "2 200");
    });

  for (const [url, more] of [
    ["https://www.example.com/", ["shop.example.net", "example.com", "old.example.net"]],
    ["https://odd.example.com:9988/", ["odd.example.net"]],
    ["https://client.example.com/", []],
  ] as const)
    it(`presents nothing that is wrong: ${url}`, async () => {
      const { hostname, port } = new URL(url);
      const begin = handshakeWith({ host: site.machine.address, port: Number(port) || 443 });
      const authorities = [site.ca, authority.certificate];
      assert.deepEqual(await probeCertificate(begin, url, { authorities, names: [hostname, ...more] }), []);
    });

  describe("a self-signed certificate", () => {
    const made = (): Promise<string> => site.machine.readFile("/etc/landfall/tls/own.example.com/fullchain.pem");

    it("is made by the host", async () => {
      const answer = await site.request(`${site.origin("own.example.com")}/`, { ca: await made() });
      assert.equal(answer.status, 200);
    });

    it("stays", async () => {
      const before = await made();
      await site.apply(apps);
      assert.equal(await made(), before);
    });

    it("is made anew for other names, which the web server is told of", async () => {
      const more = { ...own, aliases: ["further.example.com"] };
      await site.apply(apps, { domains: [...(namesWeb.domains ?? []), more, client] });
      const answer = await site.request(`${site.origin("further.example.com")}/`, { ca: await made() });
      assert.equal(answer.status, 200);
    });
  });

  describe("a certificate of the client's", () => {
    const trusted = (): Promise<SiteAnswer> =>
      site.request(`${site.origin("client.example.com")}/`, { ca: authority.certificate });

    it("is served with its chain", async () => assert.equal((await trusted()).status, 200));

    it("takes the place of the one before", async () => {
      const serial = (): Promise<string> =>
        site.machine.exec(
          "openssl s_client -connect 127.0.0.1:443 -servername client.example.com </dev/null 2>/dev/null | openssl x509 -noout -serial",
        );
      const before = await serial();
      await sign();
      await site.apply(apps);
      assert.notEqual(await serial(), before);
      assert.equal((await trusted()).status, 200);
    });
  });

  it("listens on the ports that were asked for, and on no other", async () => {
    const said = await site.machine.exec("ss -Htln 'sport >= 80 and sport <= 10000' | awk '{print $4}' | sort -u");
    const open = said
      .trim()
      .split("\n")
      .filter((address) => !address.startsWith("127."));
    assert.deepEqual(
      open.sort(),
      ["80", "443", "8080", "9988"].flatMap((port) => [`0.0.0.0:${port}`, `[::]:${port}`]).sort(),
    );
  });
});
