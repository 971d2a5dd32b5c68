import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { PlainHttp } from "../../../../components/app/domain-settings";
import { problemText } from "../../../../components/app/problem";
import { domainWarnings } from "../../../../components/app/validation/domains";
import { webProblems } from "../../../../components/app/validation/web";

const apps: App[] = [
  { name: "shop", source: {}, routes: [{ domain: "www.example.com" }], listen: { via: ListenVia.Port, port: 8000 } },
  { name: "docs", source: {}, routes: [{ domain: "docs.example.com" }], listen: { publicPorts: [2525] } },
];

const problemsOf = (web: object): string[] => webProblems(web, apps).map((one) => `${one.path}: ${problemText(one)}`);
const ofDomain = (settings: object): string[] => problemsOf({ domains: [{ domain: "www.example.com", ...settings }] });

describe("the names of a host", () => {
  it("may be aliases and names that lead to a domain", () =>
    assert.deepEqual(ofDomain({ aliases: ["app.example.com"], redirects: ["example.com", "www.example.org"] }), []));

  it("are said of a domain of routes", () =>
    assert.deepEqual(problemsOf({ domains: [{ domain: "ww.example.com", redirects: ["example.com"] }] }), [
      'web.domains[0].domain: "ww.example.com" is the domain of no route; did you mean "www.example.com"?',
    ]));

  it("are said once of a domain", () =>
    assert.deepEqual(problemsOf({ domains: [{ domain: "www.example.com" }, { domain: "www.example.com" }] }), [
      'web.domains[1].domain: "www.example.com" is settled twice; say it all in one of them',
    ]));

  it("are host names", () =>
    assert.deepEqual(ofDomain({ aliases: ["https://a.example.com"], redirects: ["*.example.com"] }), [
      'web.domains[0].aliases[0]: "https://a.example.com" is not a host name by itself; leave out scheme, port, path and spaces',
      'web.domains[0].redirects[0]: "*.example.com" is a wildcard; name each host',
    ]));

  it("mean one thing each", () =>
    assert.deepEqual(
      ofDomain({ aliases: ["docs.example.com", "a.example.com"], redirects: ["www.example.com", "a.example.com"] }),
      [
        'web.domains[0].aliases[0]: "docs.example.com" is a domain of routes; leave it out here or there',
        'web.domains[0].redirects[0]: "www.example.com" is the domain itself; leave it out here or there',
        'web.domains[0].redirects[1]: "a.example.com" is a name of www.example.com (web.domains[0].aliases[1]); leave it out here or there',
      ],
    ));
});

describe("the ports of a host", () => {
  it("may be any that nobody has", () => assert.deepEqual(problemsOf({ ports: { http: 8080, https: 9988 } }), []));

  it("may be shared by domains that speak the same", () =>
    assert.deepEqual(
      problemsOf({
        domains: [
          { domain: "www.example.com", ports: { https: 9988 } },
          { domain: "docs.example.com", ports: { https: 9988 } },
        ],
      }),
      [],
    ));

  it("are numbers of ports", () =>
    assert.deepEqual(problemsOf({ ports: { http: 0, https: 70000 } }), [
      "web.ports.http: 0 is out of range; give a whole number of ports from 1 to 65535",
      "web.ports.https: 70000 is out of range; give a whole number of ports from 1 to 65535",
    ]));

  it("are not those of somebody else", () =>
    assert.deepEqual(
      problemsOf({ ports: { http: 22 }, domains: [{ domain: "www.example.com", ports: { http: 8000, https: 2525 } }] }),
      [
        "web.ports.http: 22 is taken by the host's SSH server; use another port",
        "web.domains[0].ports.http: 8000 is taken by apps[0].listen.port; use another port",
        "web.domains[0].ports.https: 2525 is taken by apps[1].listen.publicPorts[0]; use another port",
      ],
    ));

  it("speak one protocol each, the usual ones the usual protocol", () =>
    assert.deepEqual(problemsOf({ ports: { http: 443, https: 80 } }), [
      "web.ports.http: 443 is for plain HTTP here, and for TLS elsewhere; use another port for one of the two",
      "web.ports.https: 80 is for TLS here, and for plain HTTP elsewhere; use another port for one of the two",
    ]));

  it("are none for TLS without TLS", () =>
    assert.deepEqual(ofDomain({ http: PlainHttp.Only, ports: { https: 9988 } }), [
      "web.domains[0].ports.https: 9988 has no effect, the domain has no TLS; leave it out, or let http be redirected",
    ]));
});

describe("what is said of domains", () => {
  it("has a shape", () =>
    assert.deepEqual(problemsOf({ domains: [{ domain: "www.example.com", http: "both", aliasses: [] }, {}] }), [
      'web.domains[0].http: "both" is not one of the choices; use one of redirect, serve, only',
      'web.domains[0].aliasses: is not a property that is known here; did you mean "aliases"?',
      "web.domains[1].domain: is missing; give it a text",
    ]));

  it("warns where people can read along", () => {
    const warnings = domainWarnings({
      domains: [
        { domain: "a.example.com", http: PlainHttp.Serve },
        { domain: "b.example.com", http: PlainHttp.Only },
        { domain: "c.example.com", http: PlainHttp.Redirect },
      ],
    });
    assert.equal(warnings.length, 2);
    assert.match(warnings[0]!, /^web\.domains\[0\]\.http: a\.example\.com answers by plain HTTP as well as by TLS;/);
    assert.match(warnings[1]!, /^web\.domains\[1\]\.http: b\.example\.com answers by plain HTTP alone;/);
  });
});
