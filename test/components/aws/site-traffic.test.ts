import assert from "node:assert/strict";
import { Entry, siteTraffic } from "../../../components/aws/site-traffic";
import { gitApp } from "./sample-place";

const git = (url: string): ReturnType<typeof gitApp> => gitApp({ source: { git: { url, ref: "v1" } } });

describe("siteTraffic", () => {
  it("lets in HTTP and HTTPS for apps with routes", () => {
    assert.deepEqual(siteTraffic([gitApp()]).ingress, [{ port: "http" }, { port: "https" }]);
  });

  it("lets in public ports, and nothing else where no app has a route", () => {
    const mail = gitApp({ routes: [], listen: { publicPorts: [25, 587] } });
    assert.deepEqual(siteTraffic([mail]).ingress, [{ port: "25" }, { port: "587" }]);
  });

  it("leaves the web to CloudFront, whose addresses are not known here, and all to a balancer", () => {
    const app = gitApp({ listen: { publicPorts: [2525] } });
    assert.deepEqual(siteTraffic([app], Entry.Cdn).ingress, [{ port: "2525" }]);
    assert.deepEqual(siteTraffic([app], Entry.Balancer).ingress, []);
  });

  it("lets out what the host needs", () => {
    assert.deepEqual(siteTraffic([]).egress, [{ port: "https" }, { port: "http" }]);
  });

  it("lets out what apps declare, by port only where the peer is a host name", () => {
    const reach = [
      { port: "submission", peer: "203.0.113.7/32" },
      { port: "ldaps", peer: "directory.example.com" },
      { port: "8000-8010" },
    ];
    assert.deepEqual(siteTraffic([gitApp({ reach })]).egress.slice(-3), [
      { port: "submission", peer: "203.0.113.7/32" },
      { port: "ldaps" },
      { port: "8000-8010" },
    ]);
  });

  it("lets out requests to servers elsewhere, by port only where they are names", () => {
    const servers = [
      { address: "10.0.1.12", port: 8080 },
      { address: "fd00::1", port: 8080 },
      { address: "web-1.internal", port: 443 },
    ];
    assert.deepEqual(siteTraffic([{ ...gitApp(), source: {}, servers }]).egress.slice(-3), [
      { port: "8080", peer: "10.0.1.12/32" },
      { port: "8080", peer: "fd00::1/128" },
      { port: "443" },
    ]);
  });

  const ports: [string, string][] = [
    ["https://git.example.com/a.git", "443"],
    ["https://git.example.com:8443/a.git", "8443"],
    ["http://git.example.com/a.git", "80"],
    ["ssh://git@git.example.com/a.git", "22"],
    ["ssh://git@git.example.com:2222/a.git", "2222"],
    ["git://git.example.com/a.git", "9418"],
    ["git@git.example.com:team/a.git", "22"],
  ];
  for (const [url, port] of ports) {
    it(`lets out ${port} for code from ${url}`, () => {
      assert.deepEqual(siteTraffic([git(url)]).egress.slice(2), [{ port }]);
    });
  }
});
