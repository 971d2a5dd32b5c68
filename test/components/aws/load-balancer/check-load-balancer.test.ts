import assert from "node:assert/strict";
import { loadBalancerProblems } from "../../../../components/aws/load-balancer/check-load-balancer";
import { LoadBalancerArgs } from "../../../../components/aws/load-balancer/load-balancer-args";
import { applicationLoadBalancerHop, cloudFrontHop } from "../../../../components/host/hop";
import { gitApp } from "../sample-place";
import { docs, login, sampleBalancer, shop } from "./sample-balancer";

function said(more: Partial<LoadBalancerArgs>): string[] {
  const args = sampleBalancer(more);
  const problems = loadBalancerProblems(args, [...(args.front ?? []), applicationLoadBalancerHop(args)]);
  return problems.map(({ path, reason, fix }) => `${path} ${reason}; ${fix}`);
}

describe("what is wrong with a balancer", () => {
  it("is said all at once", () => {
    assert.deepEqual(
      said({
        idleSeconds: 4001,
        stickySeconds: 0,
        slowStartSeconds: 29,
        subnetIds: ["subnet-1", "subnet-1"],
        hosts: [],
        addresses: [],
        clients: ["10.0.0.1/8"],
        targets: [
          { name: "a b", instanceId: "i-1" },
          { name: "a", instanceId: "i-1" },
          { name: "a", instanceId: "i-2" },
        ],
        tlsPolicy: "TLS",
      }),
      [
        "addresses is empty, so every client would seem to be the load balancer; give the CIDRs that it connects from",
        'clients[0] has address bits behind its first 8; write the network\'s first address, or "10.0.0.1/32"',
        "idleSeconds is out of range; use whole numbers from 1 to 4000",
        "stickySeconds is out of range; use whole numbers from 1 to 604800",
        "slowStartSeconds is out of range; use whole numbers from 30 to 900",
        "subnetIds are not two different subnets; give one in each of at least two availability zones",
        "hosts names no security group; name those of the hosts, or nothing reaches them",
        "targets[0].name cannot be part of a resource's name; use letters, digits, dots, hyphens and underscores",
        "targets[2].name is there twice; give each machine a name of its own",
        'tlsPolicy is no policy of AWS; write it like "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
      ],
    );
  });

  it("is found in the chain of hops, and said of what the balancer is given", () => {
    const patient = gitApp({ routes: [{ domain: "docs.example.com", readTimeoutSeconds: 90 }] });
    assert.deepEqual(said({ apps: [patient] }), [
      "apps[0].routes[0].readTimeoutSeconds is not below the 60 s after which the load balancer gives up; " +
        "wait less, or set idleSeconds above 90",
    ]);
    const cdn = cloudFrontHop({ addresses: ["130.176.0.0/17"], keepSeconds: 60 });
    assert.deepEqual(said({ front: [cdn] }), [
      "front[0].keepSeconds is not below the 60 s for which the load balancer behind the CDN keeps an idle connection; " +
        "set it below 60, or idleSeconds above 60",
    ]);
  });

  it("is what apps have that no balancer knows", () => {
    assert.deepEqual(said({ apps: [gitApp({ health: { status: 503 } })] }), [
      "apps[0].health.status never counts as healthy for a load balancer; use a status from 200 to 499",
    ]);
    assert.deepEqual(said({ apps: [gitApp({ routes: undefined })] }), [
      "apps has no app with a route; give one, or leave the balancer out",
    ]);
    assert.match(said({ apps: [docs, docs] }).join("\n"), /apps\[1\]\.name/);
  });

  it("is more than AWS lets one balancer have", () => {
    const many = (count: number): LoadBalancerArgs["apps"] =>
      Array.from({ length: count }, (_, index) =>
        gitApp({ name: `a${index}`, routes: [{ domain: "docs.example.com", path: `/a${index}/` }] }),
      );
    const quotaOf = (more: Partial<LoadBalancerArgs>): string[] =>
      said(more).filter((text) => text.includes("at most"));
    assert.deepEqual(quotaOf({ apps: many(100) }), []);
    assert.deepEqual(quotaOf({ apps: many(101) }), [
      "apps has 101 apps with routes, and a load balancer at most 100; put another balancer beside it",
      "apps has 101 routes, and a load balancer at most 100; put another balancer beside it",
    ]);
    const certificates = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}.example.com`, "arn"]));
    assert.deepEqual(said({ furtherCertificateArns: certificates(25) }), []);
    assert.deepEqual(said({ furtherCertificateArns: certificates(26) }), [
      "furtherCertificateArns has 26 further certificates, and a load balancer at most 25; put another balancer beside it",
    ]);
  });

  it("is a login without TLS, for no domain of the apps, or for longer than AWS holds it", () => {
    const bad = {
      ...login,
      issuer: "http://login.example.com",
      tokenEndpoint: "https://me:pass@login.example.com",
      sessionSeconds: 604_801,
      domains: ["example.org"],
    };
    assert.deepEqual(said({ login: bad }), [
      'login.issuer is no address of a site with TLS; write it like "https://login.example.com/"',
      'login.tokenEndpoint is no address of a site with TLS; write it like "https://login.example.com/"',
      "login.sessionSeconds is out of range; use whole numbers from 1 to 604800",
      "login.domains[0] is no domain of the apps; use docs.example.com, www.example.com",
    ]);
  });

  it("is a bucket for logs that cannot be one, or whose logs are not ours to delete", () => {
    assert.deepEqual(said({ accessLogs: { bucketName: "My logs", keepDays: 0 } }), [
      "accessLogs.bucketName cannot name a bucket; use 3 to 63 small letters, digits and inner hyphens",
      "accessLogs.keepDays is out of range; use whole numbers from 1 to 36500",
      "accessLogs.keepDays has no effect on a bucket that is there already; leave it out",
    ]);
    assert.deepEqual(said({ accessLogs: {} }), []);
  });

  it("is a way to treat requests that AWS does not have, and nothing else about a good description", () => {
    assert.deepEqual(said({ desyncMitigation: "monitor" as never }), [
      'desyncMitigation is not one of the choices; use "defensive" or "strictest"',
    ]);
    assert.deepEqual(said({ apps: [shop], desyncMitigation: "strictest", login, ipv6: true }), []);
  });
});
