import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { createServer, Server, TlsOptions } from "node:tls";
import { ExpectedCertificate, probeCertificate } from "../../../components/probe/certificate";
import { handshakeWith } from "../../../components/probe/handshake";
import { Holder, makeCertificate, Wish } from "../host/tls/test-certificates";

const url = "https://www.example.com/";
const day = 24 * 3_600_000;
const fromNow = (days: number): Date => new Date(Date.now() + days * day);

describe("probeCertificate", () => {
  let authority: Holder;
  let between: Holder;
  const servers: Server[] = [];
  before(async () => {
    const ages = { notBefore: fromNow(-100), notAfter: fromNow(100) };
    authority = await makeCertificate({ subject: "An authority", ...ages });
    between = await makeCertificate({ subject: "Between", issuer: authority, ...ages });
  });
  after(() => servers.forEach((server) => server.close()));

  const signed = (wish: Partial<Wish> = {}): Promise<Holder> =>
    makeCertificate({ subject: "www", issuer: between, names: ["www.example.com"], ...wish });

  /** A port that presents a certificate and a chain. */
  const port = async (own: Holder, chain: readonly Holder[], options: TlsOptions = {}, staple?: Buffer) => {
    const cert = [own, ...chain].map(({ certificate }) => certificate).join("\n");
    // Old keys and signatures, too: it is the probe that refuses.
    const server = createServer({ cert, key: own.privateKey, ciphers: "DEFAULT:@SECLEVEL=0", ...options });
    server.on("tlsClientError", () => undefined);
    if (staple)
      server.on("OCSPRequest", (_: Buffer, __: Buffer, done: (e: Error | null, r: Buffer) => void) =>
        done(null, staple),
      );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return handshakeWith({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  };
  const reasons = async (
    begin: Awaited<ReturnType<typeof port>>,
    expected: ExpectedCertificate = {},
  ): Promise<string[]> =>
    (await probeCertificate(begin, url, { authorities: [authority.certificate], ...expected })).map(
      ({ reason }) => reason,
    );

  describe("finds nothing wrong with", () => {
    it("a whole chain that leads to an authority of the client", async () =>
      assert.deepEqual(await reasons(await port(await signed(), [between])), []));

    it("a chain that has the authority itself at its end", async () =>
      assert.deepEqual(await reasons(await port(await signed(), [between, authority])), []));

    it("a certificate without a chain that the client's authority has signed itself", async () =>
      assert.deepEqual(await reasons(await port(await signed({ issuer: authority }), [])), []));

    it("one that has signed itself, where the client trusts that very one", async () => {
      const own = await makeCertificate({ subject: "own", names: ["www.example.com"] });
      assert.deepEqual(await reasons(await port(own, []), { authorities: [own.certificate] }), []);
    });

    it("a wildcard over the name, and an authority whose own certificate is signed over SHA-1", async () => {
      const old = await makeCertificate({ subject: "Old authority", digest: "SHA-1" });
      const own = await makeCertificate({ subject: "any", issuer: old, names: ["*.example.com"] });
      assert.deepEqual(await reasons(await port(own, [old]), { authorities: [old.certificate] }), []);
    });

    it("one that lives for a week and has half of it left", async () => {
      const short = await signed({ notBefore: fromNow(-3), notAfter: fromNow(3) });
      assert.deepEqual(await reasons(await port(short, [between])), []);
    });

    it("one that promises its authority's word, and brings it", async () => {
      const own = await signed({ mustStaple: true });
      assert.deepEqual(await reasons(await port(own, [between], {}, Buffer.from("3003020100", "hex"))), []);
    });
  });

  const faults: Record<string, [() => Promise<Awaited<ReturnType<typeof port>>>, RegExp, ExpectedCertificate?]> = {
    "a chain that lacks what leads to the authority": [
      async () => await port(await signed(), []),
      /^its chain is missing, and the certificate was issued by "Between"$/,
    ],
    "an authority that clients do not trust": [
      async () => {
        const other = await makeCertificate({ subject: "Another" });
        return await port(await signed({ issuer: other }), [other]);
      },
      /^its chain ends at "CN=Another", which is not trusted$/,
    ],
    "a certificate that has signed itself": [
      async () => await port(await makeCertificate({ subject: "own", names: ["www.example.com"] }), []),
      /^its chain ends at "CN=own", which is not trusted$/,
    ],
    "another name": [
      async () => await port(await signed({ names: ["other.example.com"] }), [between]),
      /^its certificate is not for www\.example\.com$/,
    ],
    "a further name that is not covered": [
      async () => await port(await signed(), [between]),
      /^its certificate is not for shop\.example\.com$/,
      { names: ["www.example.com", "shop.example.com"] },
    ],
    "a certificate that has expired": [
      async () => await port(await signed({ notBefore: fromNow(-30), notAfter: fromNow(-2) }), [between]),
      /^its certificate expired on \d{4}-\d\d-\d\d$/,
    ],
    "one that is not valid yet": [
      async () => await port(await signed({ notBefore: fromNow(2), notAfter: fromNow(30) }), [between]),
      /^its certificate is not valid before \d{4}-\d\d-\d\d$/,
    ],
    "one whose renewal is late": [
      async () => await port(await signed({ notBefore: fromNow(-80), notAfter: fromNow(10) }), [between]),
      /^its certificate ends in 9 days$/,
    ],
    "fewer days than are asked for": [
      async () => await port(await signed({ notBefore: fromNow(-10), notAfter: fromNow(20) }), [between]),
      /^its certificate ends in 19 days$/,
      { leastDays: 21 },
    ],
    "a key that is too short": [
      async () => await port(await signed({ rsaBits: 1024 }), [between]),
      /^its key is of a kind that browsers refuse$/,
    ],
    "a signature that can be forged": [
      async () => await port(await signed({ digest: "SHA-1" }), [between]),
      /^the certificate of "CN=www" is signed over SHA-1, which can be forged$/,
    ],
    "a promised word of the authority that is not there": [
      async () => await port(await signed({ mustStaple: true }), [between]),
      /^its certificate promises a word of its authority \(OCSP\), which is not there$/,
    ],
    "TLS 1.1": [async () => await port(await signed(), [between], { minVersion: "TLSv1.1" }), /^speaks TLSv1\.1$/],
    "no TLS 1.3": [
      async () => await port(await signed(), [between], { maxVersion: "TLSv1.2" }),
      /^does not speak TLS 1\.3$/,
    ],
  };
  for (const [what, [make, reason, expected]] of Object.entries(faults))
    it(`finds ${what}, and nothing else`, async () => {
      const [first, ...more] = await reasons(await make(), expected);
      assert.match(first ?? "", reason);
      assert.deepEqual(more, []);
    });

  it("finds everything at once, with the address and what to do", async () => {
    const old = await signed({ names: ["other.example.com"], notBefore: fromNow(-30), notAfter: fromNow(-2) });
    const begin = await port(old, [], { minVersion: "TLSv1", maxVersion: "TLSv1.1" });
    const found = await probeCertificate(begin, url, { authorities: [authority.certificate] });
    assert.deepEqual(
      found.map(({ reason }) => reason.replace(/\d{4}-\d\d-\d\d/, "…")),
      [
        "speaks TLSv1",
        "speaks TLSv1.1",
        "speaks neither TLS 1.2 nor 1.3",
        "its certificate expired on …",
        "its certificate is not for www.example.com",
        'its chain is missing, and the certificate was issued by "Between"',
      ],
    );
    for (const finding of found) assert.ok(finding.url === url && finding.fix.length > 0);
  });

  it("trusts those that browsers trust, unless it is told", async () => {
    const begin = await port(await signed(), [between]);
    const found = await probeCertificate(begin, url);
    assert.deepEqual(
      found.map(({ reason }) => reason),
      ['its chain ends at "CN=An authority", which is not trusted'],
    );
  });

  it("fails where nobody answers", async () => {
    const begin = await port(await signed(), [between]);
    await new Promise((resolve) => servers.at(-1)!.close(resolve));
    await assert.rejects(probeCertificate(begin, url), /ECONNREFUSED/);
  });
});
