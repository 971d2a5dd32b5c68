import assert from "node:assert/strict";
import { PlainHttp } from "../../../components/app/domain-settings";
import { describeProblems } from "../../../components/app/problem";
import { Web } from "../../../components/app/web";
import { planSite, SitePlace, SitePlan } from "../../../components/aws/plan-site";
import { SiteArgs, SiteShape } from "../../../components/aws/site-args";
import { HostProblems } from "../../../components/host/build";
import { WebServer } from "../../../components/host/web-server/web-server";
import { gitApp, samplePlace } from "./sample-place";

const [{ domain } = { domain: "" }] = gitApp().routes ?? [];

describe("names and ports of a site", function () {
  this.timeout(20_000);
  let place: SitePlace & { remove(): void };
  before(() => (place = samplePlace()));
  after(() => place.remove());

  const plan = (web: Web, args: Partial<SiteArgs> = {}): SitePlan =>
    planSite("web", { apps: [gitApp()], web, ...args }, place);
  const problems = (web: Web, args: Partial<SiteArgs> = {}): string[] => {
    try {
      plan(web, args);
    } catch (error) {
      assert.ok(error instanceof HostProblems, String(error));
      const lines = describeProblems("", error.problems).split("\n").slice(1);
      return lines.map((line) => line.trim().replace(/ {2,}/, ": "));
    }
    return [];
  };
  const settled = (settings: object, args: Partial<SiteArgs> = {}): string[] =>
    problems({ domains: [{ domain, ...settings }] }, args);

  it("are open as they are asked for, and no other port is", () => {
    const { traffic } = plan({ ports: { http: 8080, https: 9988 } }, { certificates: { signed: {} } });
    assert.deepEqual(
      traffic.ingress.map(({ port }) => port),
      ["8080", "9988"],
    );
  });

  it("are part of the contract", () => {
    const { contract } = plan({
      domains: [{ domain, aliases: ["alias.example.com"], redirects: ["lead.example.com"], ports: { https: 9988 } }],
    });
    assert.deepEqual(contract.domains, ["alias.example.com", "lead.example.com", domain].sort());
    assert.deepEqual(contract.publicPorts, ["80", "9988"]);
    assert.ok(contract.routes.some((route) => route.domain === "alias.example.com"));
  });

  it("are no ports of administration", () =>
    assert.match(
      problems({ ports: { https: 3389 } }).join(),
      /^web\.ports\.https: 3389 .*; let it listen on another port$/,
    ));

  it("let the authority ask by port 80 for a certificate", () =>
    assert.deepEqual(problems({ ports: { http: 8080 } }), [
      "web.ports.http: 8080 is not where the authority asks, which connects to port 80; leave it out, or give certificates of another source",
    ]));

  it("lie in the zone that is given", () =>
    assert.match(
      settled({ aliases: ["www.example.org"] }, { zone: { name: "example.com", id: "Z1" } }).join(),
      /web\.domains\[0\]\.aliases\[0\]: "www\.example\.org" does not lie in the zone "example\.com"/,
    ));

  for (const shape of [SiteShape.ServerCdn, SiteShape.Fleet, SiteShape.FleetCdn]) {
    const args: Partial<SiteArgs> = {
      shape,
      ...(shape === SiteShape.ServerCdn ? {} : { fleet: { minimum: 2, maximum: 4 } }),
    };

    it(`may be aliases in the shape ${shape}`, () =>
      assert.deepEqual(settled({ aliases: ["alias.example.com"] }, args), []));

    it(`cannot lead to a domain in the shape ${shape}`, () =>
      assert.match(
        settled({ redirects: ["lead.example.com"] }, args).join(),
        /web\.domains\[0\]\.redirects: \["lead\.example\.com"\] would not get past the (distribution|balancer)/,
      ));

    it(`are the usual ports in the shape ${shape}`, () =>
      assert.match(
        settled({ ports: { https: 9988 }, http: PlainHttp.Serve }, args).join(),
        /ports\.https: 9988 is not asked by .*http: "serve" is decided by/,
      ));
  }

  it("are those of a client's web server where that answers", () =>
    assert.match(
      settled(
        { aliases: ["alias.example.com"] },
        { webServer: { kind: WebServer.Apache, domains: [domain], addresses: ["198.51.100.7/32"] } },
      ).join(),
      /web\.domains\[0\]\.aliases: \["alias\.example\.com"\] are names of .*, which webServer answers/,
    ));

  it("are refused as a whole before they are held against anything", () =>
    assert.match(
      problems({ domains: "www.example.com" } as never).join(),
      /^web\.domains: "www\.example\.com" is a text/,
    ));
});
