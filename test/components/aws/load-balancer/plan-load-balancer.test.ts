import assert from "node:assert/strict";
import { LoadBalancerArgs } from "../../../../components/aws/load-balancer/load-balancer-args";
import { LoadBalancerPlan, planLoadBalancer } from "../../../../components/aws/load-balancer/plan-load-balancer";
import { gitApp } from "../sample-place";
import { docs, login, sampleBalancer, shop } from "./sample-balancer";

const plan = (more: Partial<LoadBalancerArgs> = {}): LoadBalancerPlan => planLoadBalancer("web", sampleBalancer(more));

describe("planLoadBalancer", () => {
  it("has a target group for each app with routes, asked for the app's own health", () => {
    const worker = gitApp({ name: "worker", routes: undefined });
    assert.deepEqual(plan({ apps: [docs, worker, shop] }).problems, []);
    assert.deepEqual(plan({ apps: [docs, worker, shop] }).groups, [
      { app: "docs", name: "web-docs", healthPath: "/.well-known/landfall/health/docs", status: 204, drainSeconds: 60 },
      {
        app: "shop",
        name: "web-shop",
        healthPath: "/.well-known/landfall/health/shop",
        status: 200,
        drainSeconds: 300,
      },
    ]);
  });

  it("lets a machine that goes finish the longest answer", () => {
    const slow = gitApp({ routes: [{ domain: "docs.example.com", readTimeoutSeconds: 3900 }] });
    assert.equal(plan({ apps: [slow], idleSeconds: 4000 }).groups[0]!.drainSeconds, 3600);
    const usual = gitApp({ routes: [{ domain: "docs.example.com", readTimeoutSeconds: 290 }] });
    assert.equal(plan({ apps: [usual], idleSeconds: 300 }).groups[0]!.drainSeconds, 295);
  });

  it("makes other groups for an internal balancer: a group belongs to one balancer at a time", () => {
    const names = plan({ internal: true }).groups.map(({ name }) => name);
    assert.deepEqual(names, ["web-in-docs", "web-in-shop"]);
  });

  it("takes in a prefix list by TLS alone, and no clients beside it", () => {
    const clientList = { name: "cloudfront", id: "pl-01234567", weight: 55 };
    const { traffic, problems } = plan({ clientList });
    assert.deepEqual([traffic.ingress, problems], [[{ port: "https", prefixList: clientList }], []]);
    const paths = (more: Partial<LoadBalancerArgs>): string[] => plan(more).problems.map(({ path }) => path);
    assert.deepEqual(paths({ clientList, clients: ["203.0.113.0/24"] }), ["clientList"]);
    assert.deepEqual(paths({ clientList: { ...clientList, weight: 0 } }), ["clientList.weight"]);
  });

  it("takes clients in from everywhere or from where it is said, and connects to the hosts only", () => {
    const toHosts = { port: "https", group: { name: "web", id: "sg-1" } };
    assert.deepEqual(plan().traffic, {
      ingress: [
        { port: "https", peer: undefined },
        { port: "http", peer: undefined },
      ],
      egress: [toHosts],
    });
    const { ingress } = plan({ clients: ["203.0.113.0/24", "pl-01234567"] }).traffic;
    assert.deepEqual(
      ingress.map(({ port, peer }) => `${port} ${peer}`),
      ["https 203.0.113.0/24", "https pl-01234567", "http 203.0.113.0/24", "http pl-01234567"],
    );
    assert.deepEqual(plan({ login }).traffic.egress, [toHosts, { port: "https", peer: "0.0.0.0/0" }]);
  });

  it("asks for a login on all domains, or on those that are named, each as a whole", () => {
    const asked = (more: Partial<LoadBalancerArgs>): string[] =>
      plan(more).rules.flatMap((rule) => (rule.login ? [rule.key] : []));
    assert.deepEqual(asked({}), []);
    assert.equal(asked({ login }).length, 3);
    assert.deepEqual(asked({ login: { ...login, domains: ["www.example.com"] } }), [
      "www.example.com/",
      "www.example.com/chat/",
    ]);
  });
});
