import assert from "node:assert/strict";
import { describeProblems } from "../../../components/app/problem";
import { othersProblems } from "../../../components/aws/check-others";
import { Delivery, SiteArgs } from "../../../components/aws/site-args";
import { applicationLoadBalancerHop } from "../../../components/host/hop";
import { WebServer } from "../../../components/host/web-server/web-server";
import { Holder, makeCertificate } from "../host/tls/test-certificates";
import { gitApp } from "./sample-place";

const domain = "docs.example.com";
const webServer = { kind: WebServer.Nginx, domains: [domain], addresses: ["198.51.100.7/32"] };

describe("what others look after", () => {
  let holder: Holder;
  let other: Holder;
  before(async () => {
    const issuer = await makeCertificate({ subject: "authority" });
    holder = await makeCertificate({ subject: domain, names: [domain], issuer });
    other = await makeCertificate({ subject: "other", names: ["other.example.com"], issuer });
    chain = issuer.certificate;
  });
  let chain: string;

  const problems = (args: Partial<SiteArgs>): string =>
    describeProblems("", othersProblems({ apps: [gitApp()], ...args }));

  it("has no problems when nobody else looks after anything", () => assert.equal(problems({}), " has 0 problems:"));

  it("takes a web server, and a certificate with its key", () => {
    const { certificate, privateKey } = holder;
    const signed = { certificates: { [domain]: { certificate, chain, privateKey } } };
    assert.equal(problems({ webServer, certificates: { signed } }), " has 0 problems:");
  });

  const front = [applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] })];
  const wrong: [what: string, args: () => Partial<SiteArgs>, message: RegExp][] = [
    ["two things in front", () => ({ webServer, front }), /front {2}is given beside webServer/],
    [
      "a zone without records",
      () => ({ manual: true, zone: { name: "example.com" } }),
      /zone {2}"example.com" is given/,
    ],
    [
      "two authorities",
      () => ({ certificates: { signed: {}, acme: {} } }),
      /certificates.acme {2}is given beside signed/,
    ],
    [
      "a certificate of no route",
      () => ({ certificates: { signed: { certificates: { "doc.example.com": holder } } } }),
      /\["doc\.example\.com"\] {2}is for the domain of no route; did you mean "docs\.example\.com"\?/,
    ],
    [
      "a certificate for another name",
      () => ({ certificates: { signed: { certificates: { [domain]: { ...other, chain } } } } }),
      /certificate {2}is not for docs\.example\.com; it is for other\.example\.com/,
    ],
    [
      "another's key",
      () => ({
        certificates: { signed: { certificates: { [domain]: { ...holder, chain, privateKey: other.privateKey } } } },
      }),
      /privateKey {2}is not the key of the certificate/,
    ],
    [
      "keys in user data",
      () => ({
        delivery: Delivery.Inline,
        certificates: { signed: { certificates: { [domain]: { ...holder, chain } } } },
      }),
      /certificates\.signed\.certificates {2}would be in user data/,
    ],
  ];
  for (const [what, args, message] of wrong) {
    it(`refuses ${what}`, () => assert.match(problems(args()), message));
  }
});
