import assert from "node:assert/strict";
import { join } from "node:path";
import { App } from "../../../components/app/app";
import { PlainHttp } from "../../../components/app/domain-settings";
import { namesOf, withAliases } from "../../../components/app/names";
import { Web } from "../../../components/app/web";
import { guest } from "../../../components/host/guest";
import { applicationLoadBalancerHop } from "../../../components/host/hop";
import { directHops, HopChain } from "../../../components/host/hops";
import { frontedNameProblems } from "../../../components/host/name-problems";
import { listeningPorts, withNames } from "../../../components/host/names";
import { nginxFiles } from "../../../components/host/nginx/files";
import { planHost } from "../../../components/host/plan-host";
import { appAddresses } from "../../../components/host/site-addresses";
import { assertGolden } from "./golden";

const app = (name: string, domain: string, path = "/"): App => ({
  name,
  source: { package: { name, version: "1.0" } },
  process: { command: [name] },
  routes: [{ domain, path }],
});

const apps = [
  app("shop", "www.example.com"),
  app("api", "www.example.com", "/api/"),
  app("both", "both.example.com"),
  app("bare", "bare.example.com"),
];

const web: Web = {
  domains: [
    { domain: "www.example.com", aliases: ["shop.example.net"], redirects: ["example.com"], ports: { https: 9988 } },
    { domain: "both.example.com", http: PlainHttp.Serve, redirects: ["two.example.com"] },
    { domain: "bare.example.com", http: PlainHttp.Only, ports: { http: 8080 }, redirects: ["one.example.com"] },
  ],
};

const local: HopChain = { publicHttpPort: 8081, publicHttpsPort: 8443, front: [] };
const plan = (settings: Web = web) => planHost({ apps, code: {}, debian: 12, hops: directHops, web: settings });

describe("the names of a host", () => {
  it("are those of routes, their aliases and what leads to them", () =>
    assert.deepEqual(namesOf(apps, web), [
      "bare.example.com",
      "both.example.com",
      "example.com",
      "one.example.com",
      "shop.example.net",
      "two.example.com",
      "www.example.com",
    ]));

  it("leave the routes that were there in their places", () =>
    assert.deepEqual(withAliases(apps, web)[1]?.routes, [
      { domain: "www.example.com", path: "/api/" },
      { domain: "shop.example.net", path: "/api/" },
    ]));

  it("change nothing where nothing is said", () => {
    assert.equal(withNames(directHops, apps, {}), directHops);
    assert.deepEqual(plan({}), planHost({ apps, code: {}, debian: 12, hops: directHops }));
  });

  it("are in one certificate with their domain; without TLS there is none", () =>
    assert.deepEqual(
      plan().certificates.map(({ domain, names }) => [domain, names]),
      [
        ["both.example.com", ["two.example.com"]],
        ["www.example.com", ["example.com", "shop.example.net"]],
      ],
    ));

  it("are asked for the health of apps where they answer", () =>
    assert.deepEqual(
      plan().health.map(({ web: asked }) => asked),
      [
        { host: "www.example.com", path: "/", status: 200, port: 9988 },
        { host: "www.example.com", path: "/api/", status: 200, port: 9988 },
        { host: "both.example.com", path: "/", status: 200 },
        { host: "bare.example.com", path: "/", status: 200, port: 8080, scheme: "http" },
      ],
    ));

  it("are shown as browsers reach them, by ports of their own or those in front of the usual ones", () =>
    assert.deepEqual(
      appAddresses(apps, plan().health, withNames(local, apps, web)).map(({ url, port }) => [url, port]),
      [
        ["https://www.example.com:9988/", 9988],
        ["https://www.example.com:9988/api/", 9988],
        ["https://both.example.com:8443/", 443],
        ["http://bare.example.com:8080/", 8080],
      ],
    ));
});

describe("the ports of a host", () => {
  it("are those that some name is answered on", () =>
    assert.deepEqual(listeningPorts(withNames(directHops, apps, web), namesOf(apps, web)), {
      http: [80, 8080],
      https: [443, 9988],
    }));

  it("may be others for all domains", () => {
    const settings = { ports: { http: 8080, https: 9988 } };
    const ports = listeningPorts(withNames(directHops, apps, settings), namesOf(apps, settings));
    assert.deepEqual(ports, { http: [8080], https: [9988] });
  });

  it("are the usual ones behind another hop, by TLS", () => {
    const hops = { ...directHops, front: [applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] })] };
    assert.deepEqual(
      frontedNameProblems({ ...web, ports: { https: 9988 } }, hops).map(({ path, reason }) => `${path} ${reason}`),
      [
        "web.ports.https is not asked by the load balancer, which connects to the usual ports",
        "web.domains[0].ports.https is not asked by the load balancer, which connects to the usual ports",
        "web.domains[1].http is decided by the load balancer, which clients connect to",
        "web.domains[2].ports.http is not asked by the load balancer, which connects to the usual ports",
        "web.domains[2].http is decided by the load balancer, which clients connect to",
      ],
    );
  });
});

describe("nginx for names and ports", () => {
  const files = nginxFiles(withAliases(apps, web), withNames(local, apps, web), guest(12));
  for (const name of ["00-default", "both.example.com", "example.com"]) {
    const file = files.find(({ path }) => path === `/etc/nginx/sites/${name}.conf`);
    it(`writes ${name}.conf`, () => assertGolden(join(__dirname, "golden/names", `${name}.conf`), file?.content ?? ""));
  }
});
