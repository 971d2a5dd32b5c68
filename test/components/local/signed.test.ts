import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { CertificateFrom } from "../../../components/app/domain-settings";
import { describeProblems } from "../../../components/app/problem";
import { Web } from "../../../components/app/web";
import { LocalSignedCertificateArgs, signedPair, signedProblems } from "../../../components/local/signed";
import { Holder, makeCertificate } from "../host/tls/test-certificates";

const domain = "www.example.com";
const routed: App = { name: "shop", source: {}, process: { command: ["serve"] }, routes: [{ domain }] };
const own: App = { ...routed, routes: [], tls: { domain }, listen: { publicPorts: [443] } };

describe("certificates that an authority of the client's has signed for a local site", () => {
  let authority: Holder;
  let holder: Holder;
  let args: LocalSignedCertificateArgs;
  before(async () => {
    authority = await makeCertificate({ subject: "The client's authority" });
    holder = await makeCertificate({ subject: domain, names: [domain], issuer: authority });
    args = { certificate: holder.certificate, chain: authority.certificate };
  });

  const said = (certificates: Record<string, LocalSignedCertificateArgs>, web: Web = {}, app = routed): string =>
    describeProblems("", signedProblems({ signed: { certificates } }, { apps: [app], web }));

  it("are taken for a route, and for an app that ends TLS itself", () => {
    for (const app of [routed, own]) assert.equal(said({ [domain]: args }, {}, app), " has 0 problems:");
  });

  it("are asked for before there are any", () =>
    assert.deepEqual(signedProblems({ signed: {} }, { apps: [routed] }), []));

  it("have the key that the site has kept", () => {
    const { pair, problems } = signedPair(domain, args, holder.privateKey);
    assert.deepEqual(problems, []);
    assert.deepEqual(pair, {
      fullchain: `${args.certificate.trim()}\n${args.chain!.trim()}\n`,
      privkey: holder.privateKey,
    });
  });

  it("are refused for another key, which the message does not hold", async () => {
    const other = await makeCertificate({ subject: domain, names: [domain], issuer: authority });
    const message = describeProblems("", signedPair(domain, args, other.privateKey).problems);
    assert.match(
      message,
      /\["www\.example\.com"\]\.certificate {2}is for another key than the site's; give what was signed/,
    );
    assert.doesNotMatch(message, /PRIVATE/);
  });

  const wrong: Record<string, [() => string | Promise<string>, RegExp]> = {
    "without the chain": [
      () => said({ [domain]: { certificate: args.certificate } }),
      /chain {2}is missing, and the certificate was issued by "The client's authority"/,
    ],
    "for another name": [
      async () => {
        const other = await makeCertificate({ subject: "other", names: ["other.example.com"], issuer: authority });
        return said({ [domain]: { ...args, certificate: other.certificate } });
      },
      /certificate {2}is not for www\.example\.com; it is for other\.example\.com/,
    ],
    "without the aliases": [
      () => said({ [domain]: args }, { domains: [{ domain, aliases: ["shop.example.com"] }] }),
      /certificate {2}is not for shop\.example\.com/,
    ],
    "that have expired": [
      async () => {
        const notAfter = new Date(Date.now() - 60_000);
        const old = await makeCertificate({ subject: domain, names: [domain], issuer: authority, notAfter });
        return said({ [domain]: { ...args, certificate: old.certificate } });
      },
      /certificate {2}expired on/,
    ],
    "with a private key beside": [
      () => said({ [domain]: { ...args, certificate: args.certificate + holder.privateKey } }),
      /certificate {2}holds a private key/,
    ],
    "for a domain of nobody": [
      () => said({ "ww.example.com": args }),
      /is for the domain of no route; did you mean "www\.example\.com"\?/,
    ],
    "for a domain with another source": [
      () => said({ [domain]: args }, { domains: [{ domain, certificate: CertificateFrom.SelfSigned }] }),
      /is for a domain that says where its certificate comes from/,
    ],
    "on a host with another source for all": [
      () => said({ [domain]: args }, { certificate: CertificateFrom.Mkcert }),
      /is for a domain that says where its certificate comes from/,
    ],
    "beside an authority that the machine asks": [
      () => describeProblems("", signedProblems({ signed: {}, acme: {} }, { apps: [routed] })),
      /certificates\.acme {2}is given beside signed/,
    ],
  };
  for (const [what, [message, expected]] of Object.entries(wrong))
    it(`are refused ${what}`, async () => assert.match(await message(), expected));
});
