import "reflect-metadata";
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import * as x509 from "@peculiar/x509";
import type { SiteAddress } from "../../../components/local/local-site";
import { siteHealth } from "../../../toolchain/commands/site-health";

// Casts: the types of @peculiar/x509 are those of browsers, which Node.js has under other names.
/** A certificate for a name, signed by itself, and its key; both PEM. */
async function certificateFor(name: string): Promise<{ cert: string; key: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${name}`,
      keys: keys as never,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true),
        new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }]),
      ],
    },
    webcrypto as never,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return { cert: cert.toString("pem"), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}

describe("siteHealth", () => {
  let server: Server;
  let port: number;
  let ca: string;
  const seen: string[] = [];

  before(async () => {
    const { cert, key } = await certificateFor("blog.localhost");
    ca = cert;
    server = createServer({ cert, key }, (request, response) => {
      seen.push(`${request.headers.host} ${request.url}`);
      response.statusCode = request.url === "/broken" ? 502 : 200;
      response.end("<h1>A harbour journal</h1>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  const site = (path: string, contains = "harbour", domain = "blog.localhost"): SiteAddress => ({
    app: "blog",
    url: `https://${domain}:${port}/`,
    resolve: `${domain}:443:10.64.0.3`,
    health: { url: `https://${domain}:${port}${path}`, status: 200, contains },
  });

  it("is well when the app answers under its own name with its own content", async () => {
    assert.deepEqual(await siteHealth(site("/up?deep=1"), ca), {
      app: "blog",
      url: `https://blog.localhost:${port}/`,
      healthy: true,
      reason: "",
    });
    assert.equal(seen.at(-1), `blog.localhost:${port} /up?deep=1`);
  });

  it("says what is wrong: the status, a stranger's page, a certificate of somebody else, nobody there", async () => {
    const reasons = async (address: SiteAddress, authority: string): Promise<string> =>
      (await siteHealth(address, authority)).reason;
    assert.equal(await reasons(site("/broken"), ca), "answers 502, not 200");
    assert.equal(await reasons(site("/", "Welcome to nginx"), ca), "answers, but not with its own content");
    assert.equal(await reasons(site("/", "", "other.localhost"), ca), "ERR_TLS_CERT_ALTNAME_INVALID");
    const stranger = (await certificateFor("blog.localhost")).cert;
    assert.match(await reasons(site("/"), stranger), /SELF_SIGNED|UNABLE_TO_VERIFY/);
    const closed = { ...site("/"), health: { url: "https://blog.localhost:1/", status: 200, contains: "" } };
    assert.equal(await reasons(closed, ca), "ECONNREFUSED");
  });
});
