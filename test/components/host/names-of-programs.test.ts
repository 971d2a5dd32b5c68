import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { withAliases } from "../../../components/app/names";
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

  it("has no other port for TLS where a front ends it", () => {
    const front = { program: TlsFront.Hitch };
    const web: Web = { front, ports: { https: 9988 }, domains: [{ domain, http: "only" }] };
    assert.deepEqual(
      tlsFrontNameProblems(web).map(({ path }) => path),
      ["web.ports.https", "web.domains[0].http"],
    );
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
