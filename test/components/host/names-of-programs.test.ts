import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { withAliases } from "../../../components/app/names";
import { describeProblems } from "../../../components/app/problem";
import { webProblems } from "../../../components/app/validation/web";
import { Web, WebProgram } from "../../../components/app/web";
import { TlsFront } from "../../../components/app/web-front";
import { tlsFrontNameProblems } from "../../../components/host/name-problems";
import { directHops } from "../../../components/host/hops";
import { HostPlan } from "../../../components/host/plan";
import { planHost } from "../../../components/host/plan-host";

const domain = "www.example.com";
const domains = [{ domain, aliases: ["app.example.com"] }];
const app: App = {
  name: "api",
  source: { git: { url: "https://git.example.com/api.git", ref: "0123456789012345678901234567890123456789" } },
  process: { command: ["/usr/bin/true"] },
  routes: [{ domain }],
};
const plan = (web: Web): HostPlan => planHost({ apps: [app], code: {}, debian: 12, hops: directHops, web });
const text = (web: Web): string =>
  plan(web)
    .files.map(({ content }) => content)
    .join("\n");

describe("names behind programs other than nginx", () => {
  const others: Web[] = [
    { program: WebProgram.Apache },
    { program: WebProgram.HAProxy },
    ...Object.values(TlsFront).map((program): Web => ({ front: { program } })),
  ];
  for (const web of others) {
    const named = { ...web, domains };
    const title = web.program ?? `nginx behind ${web.front?.program}`;

    it(`has one certificate for a domain and its alias with ${title}`, () => {
      assert.deepEqual(webProblems(named, [app]), []);
      const [certificate] = plan(named).certificates;
      assert.deepEqual([certificate?.domain, certificate?.names], [domain, ["app.example.com"]]);
      assert.match(text(named), /app\.example\.com/);
      assert.doesNotMatch(text(named), /tls(-combined)?\/app\.example\.com/);
      assert.match(text(named), /tls(-combined)?\/www\.example\.com/);
    });
  }

  describe("where a front ends TLS", () => {
    const front = { program: TlsFront.Hitch };
    const said = (web: Web): string => describeProblems("", tlsFrontNameProblems([app], { front, ...web }));

    it("have ports of their own", () => {
      assert.equal(said({ ports: { https: 9988 }, domains: [{ domain, ports: { http: 8000 } }] }), said({}));
    });

    it("have not the one on which nginx listens for it", () => {
      for (const key of ["http", "https"])
        assert.match(
          said({ domains: [{ domain, ports: { [key]: 8080 } }] }),
          new RegExp(`web\\.domains\\[0\\]\\.ports\\.${key} +8080 is where nginx listens for hitch; use another one`),
        );
      assert.equal(said({ front: { ...front, port: 8081 }, ports: { http: 8080 } }), said({}));
    });

    it("are not all without TLS", () => {
      assert.match(said({ domains: [{ domain, http: "only" }] }), /web\.front +"hitch" ends TLS, which no domain has/);
      assert.equal(said({ domains: [{ domain, http: "serve" }] }), said({}));
    });
  });

  it("gives an alias what its domain has by a pattern", () => {
    const chat: App = { ...app, name: "chat", routes: [{ domain: "*.example.com", path: "/chat/" }] };
    const [, found] = withAliases([app, chat], { domains: [{ domain, aliases: ["b.example.com", "example.org"] }] });
    assert.deepEqual(
      found?.routes?.map((route) => `${route.domain}${route.path}`),
      [domain, "b.example.com", "example.org"].map((name) => `${name}/chat/`),
    );
  });
});
