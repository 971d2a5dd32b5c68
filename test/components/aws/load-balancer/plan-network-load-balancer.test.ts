import assert from "node:assert/strict";
import fc from "fast-check";
import { problemText } from "../../../../components/app/problem";
import { purposes } from "../../../../components/app/traffic";
import { NetworkLoadBalancerArgs } from "../../../../components/aws/load-balancer/network-load-balancer-args";
import { planNetworkLoadBalancer } from "../../../../components/aws/load-balancer/plan-network-load-balancer";

const args = (more: Partial<NetworkLoadBalancerArgs> = {}): NetworkLoadBalancerArgs => ({
  listeners: [{ port: "ldaps" }],
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  hosts: [{ name: "directory", id: "sg-1" }],
  ...more,
});
const plan = (more?: Partial<NetworkLoadBalancerArgs>): ReturnType<typeof planNetworkLoadBalancer> =>
  planNetworkLoadBalancer("web", args(more));
const said = (more: Partial<NetworkLoadBalancerArgs>): string[] =>
  plan(more).problems.map((problem) => `${problem.path} ${problemText(problem)}`);

describe("planNetworkLoadBalancer", () => {
  it("listens on a port by its purpose, and passes it on to the same one unless told otherwise", () => {
    const listeners = [{ port: "636" }, { port: "smtp", hostPort: 2525, proxyProtocol: true, idleSeconds: 900 }];
    assert.deepEqual(plan({ listeners }).listeners, [
      { key: "ldaps", groupName: "web-ldaps", port: 636, hostPort: 636, proxyProtocol: false, idleSeconds: 350 },
      { key: "smtp", groupName: "web-smtp", port: 25, hostPort: 2525, proxyProtocol: true, idleSeconds: 900 },
    ]);
  });

  it("takes clients in from everywhere or from where it is said, and connects to the hosts only", () => {
    const listeners = [{ port: "smtp", hostPort: 2525 }];
    const group = { name: "directory", id: "sg-1" };
    assert.deepEqual(plan({ listeners }).traffic, {
      ingress: [{ port: "25", peer: undefined }],
      egress: [{ port: "2525", group }],
    });
    assert.deepEqual(plan({ listeners, clients: ["10.0.0.0/8"] }).traffic.ingress, [
      { port: "25", peer: "10.0.0.0/8" },
    ]);
  });

  it("connects to a port of the hosts by one rule, whatever listens for it", () => {
    const listeners = [{ port: "587" }, { port: "25", hostPort: 587 }];
    assert.deepEqual(plan({ listeners }).hostPorts, [["submission", 587]]);
  });

  it("names groups so that another port or another kind of balancer means another group", () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { maxLength: 50, minLength: 1 }), (ports) => {
        const listeners = ports.map((port) => ({ port: String(port) }));
        const names = [false, true].flatMap((internal) =>
          plan({ listeners, internal }).listeners.map(({ groupName }) => groupName),
        );
        assert.equal(new Set(names).size, 2 * ports.length);
        assert.ok(names.every((name) => /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name) && name.length <= 24));
      }),
    ));

  it("keeps every listener as it is when another is added", () => {
    const before = plan({ listeners: [{ port: "ldaps" }] }).listeners[0];
    const after = plan({ listeners: [{ port: "smtps" }, { port: "ldaps" }] }).listeners[1];
    assert.deepEqual(after, before);
  });

  it("takes every purpose", () => {
    const listeners = Object.keys(purposes).map((port) => ({ port }));
    assert.deepEqual(
      plan({ listeners }).listeners.map(({ port }) => port),
      Object.values(purposes),
    );
  });

  it("refuses what cannot be, all of it at once", () =>
    assert.deepEqual(
      said({
        listeners: [
          { port: "ldap3" },
          { port: "8000-8010" },
          { port: "ldaps", idleSeconds: 59 },
          { port: "636", hostPort: 70_000 },
        ],
        subnetIds: [],
        hosts: [],
        clients: ["10.0.0.1"],
        targets: [
          { name: "a b", instanceId: "i-1" },
          { name: "web", instanceId: "i-2" },
          { name: "web", instanceId: "i-3" },
        ],
      }),
      [
        'listeners[0].port "ldap3" is not a purpose, port or range; did you mean "ldap"?',
        'listeners[1].port "8000-8010" is a range, and a listener has one port; give a listener for each',
        'listeners[2].port "ldaps" is there twice; leave one of the two out',
        "listeners[2].idleSeconds 59 is out of range; use whole numbers from 60 to 6000",
        'listeners[3].port "636" is there twice; leave one of the two out',
        "listeners[3].hostPort 70000 is no port; use 1 to 65535",
        "subnetIds names no subnet; give one in each zone",
        "hosts names no security group; name those of the hosts, or nothing reaches them",
        'targets[0].name "a b" cannot be part of a resource\'s name; use letters, digits, dots, hyphens and underscores',
        'targets[2].name "web" is there twice; give each machine a name of its own',
        'clients[0] "10.0.0.1" is an address without a prefix length; write it as "10.0.0.1/32"',
      ],
    ));

  it("refuses more ports than a balancer has, and none", () => {
    const listeners = Array.from({ length: 51 }, (_, index) => ({ port: String(index + 1) }));
    assert.deepEqual(said({ listeners }), [
      "listeners has 51 ports, and a load balancer at most 50; put another balancer beside it",
    ]);
    assert.deepEqual(said({ listeners: [] }), ["listeners names no port; give one"]);
  });
});
