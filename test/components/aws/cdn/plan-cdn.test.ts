import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { CdnArgs, PriceClass } from "../../../../components/aws/cdn/cdn-args";
import { CdnPlan, planCdn } from "../../../../components/aws/cdn/plan-cdn";
import { describeProblems } from "../../../../components/app/problem";
import { gitApp } from "../sample-place";
import { sampleCdn, shop } from "./sample-cdn";

const planned = (more: Partial<CdnArgs> = {}): CdnPlan => planCdn("web", sampleCdn(more));
const said = (more: Partial<CdnArgs>, name = "web"): string[] =>
  describeProblems("", planCdn(name, sampleCdn(more)).problems)
    .split("\n")
    .slice(1)
    .map((line) => line.trim().replace(/ {2,}/, "  "));
const origin = sampleCdn().origin;

describe("planCdn", () => {
  it("has nothing to say against a description that is right", () => assert.deepEqual(planned().problems, []));

  it("answers for the domains of its apps, sorted, or for those that are named", () => {
    const apps = [shop, gitApp()];
    assert.deepEqual(planned({ apps }).domains, ["docs.example.com", "www.example.com"]);
    assert.deepEqual(planned({ apps, domains: ["www.example.com"] }).domains, ["www.example.com"]);
  });

  it("remembers no error for anybody, unless it is said, with a page or without", () => {
    const { errors } = planned({ errorPages: [{ status: 503, path: "/errors/503.html", cachedSeconds: 5 }] });
    const page = { status: 503, cachedSeconds: 5, path: "/errors/503.html" };
    assert.deepEqual(
      errors,
      [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((status) =>
        status === 503 ? page : { status, cachedSeconds: 0 },
      ),
    );
  });

  it("names every domain that it cannot answer for", () =>
    assert.deepEqual(said({ domains: ["www.example.com", "www.example.com", "*.example.com", "a.example.com"] }), [
      'domains[1]  "www.example.com" is there twice; leave one of them out',
      'domains[2]  "*.example.com" is a wildcard, and nginx answers for names; give each name',
      'domains[3]  "a.example.com" is no domain of the apps; use www.example.com',
    ]));

  it("takes 100 domains, and no more", () => {
    const apps = (count: number): App[] => {
      const domains = Array.from({ length: count }, (_, index) => `a${index}.example.com`);
      return [gitApp({ routes: domains.map((domain) => ({ domain })) })];
    };
    assert.deepEqual(said({ apps: apps(100) }), []);
    assert.deepEqual(said({ apps: apps(101) }), [
      "domains  has 101 names, and a distribution at most 100; put another Cdn beside it",
    ]);
  });

  it("takes 75 behaviors, and no more; challenges have one", () => {
    const apps = (count: number): App[] => {
      const paths = Array.from({ length: count }, (_, index) => `/files${index}/`);
      const routes = paths.map((path) => ({ domain: "www.example.com", path, serve: ServeBy.Files }));
      return [gitApp({ routes: [{ domain: "www.example.com" }, ...routes] })];
    };
    assert.deepEqual(said({ apps: apps(74) }), []);
    assert.deepEqual(said({ apps: apps(74), origin: { ...origin, challenges: true } }), [
      "apps  needs 76 cache behaviors, and a distribution has at most 75; put another Cdn before some of the domains",
    ]);
  });

  it("wants apps with routes", () =>
    assert.deepEqual(said({ apps: [gitApp({ routes: [] })] }), [
      "domains  [] is empty; give an app with a route, or leave the Cdn out",
    ]));

  it("wants a certificate of us-east-1, where it can see what is given", () =>
    assert.deepEqual(said({ certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1" }), [
      'certificateArn  "arn:aws:acm:eu-central-1:111122223333:certificate/1" is no certificate of ACM in us-east-1, the ' +
        'region that CloudFront takes them from; make it there: new Certificate(…, { regions: ["us-east-1"] })',
    ]));

  it("speaks no old TLS with clients", () => {
    assert.deepEqual(said({ tlsPolicy: "TLSv1.3_2025" }), []);
    assert.deepEqual(said({ tlsPolicy: "TLSv1.1_2016" }), [
      'tlsPolicy  "TLSv1.1_2016" is no policy of AWS with TLS 1.2 or newer; write it like "TLSv1.3_2025"',
    ]);
  });

  it("wants an origin with a name of its own", () => {
    assert.deepEqual(said({ origin: { domainName: "www.example.com" } }), [
      'origin.domainName  "www.example.com" leads to the distribution itself; give the origin a name of its own, e.g. "origin.…"',
    ]);
    for (const domainName of ["203.0.113.7", "localhost", "https://origin.example.com", `${"a.".repeat(126)}com`])
      assert.match(said({ origin: { domainName } })[0] ?? "", /is no full name in DNS; give a name/, domainName);
  });

  it("enters a network to a balancer or an instance, without challenges", () => {
    const vpc = (service: string, named: string): { arn: string } => ({
      arn: `arn:aws:${service}:eu-central-1:111122223333:${named}`,
    });
    const inner = vpc("elasticloadbalancing", "loadbalancer/app/web/0123456789abcdef");
    assert.deepEqual(said({ origin: { ...origin, vpc: inner } }), []);
    assert.deepEqual(said({ origin: { ...origin, vpc: vpc("ec2", "instance/i-0123456789abcdef0") } }), []);
    assert.deepEqual(said({ origin: { ...origin, vpc: vpc("lambda", "function:web"), challenges: true } }), [
      'origin.vpc.arn  "arn:aws:lambda:eu-central-1:111122223333:function:web" is neither a load balancer nor an instance; give its ARN',
      "origin.challenges  true come by plain HTTP, and a network is entered by TLS alone; " +
        "put an internal balancer before it, with a certificate of ACM",
    ]);
  });

  it("waits from 1 to 120 seconds", () => {
    assert.deepEqual(said({ origin: { ...origin, answerSeconds: 120, keepSeconds: 1 } }), []);
    assert.deepEqual(said({ origin: { ...origin, answerSeconds: 121, keepSeconds: 0 } }), [
      "origin.answerSeconds  121 is out of range; use whole numbers from 1 to 120",
      "origin.keepSeconds    0 is out of range; use whole numbers from 1 to 120".replace(/ {2,}/, "  "),
    ]);
  });

  it("wants secrets that are long and plain, and shows none", () => {
    const problem =
      "is no secret of 32 to 128 letters, digits, hyphens and underscores; make one: openssl rand -hex 32";
    const fine = "a".repeat(32);
    assert.deepEqual(said({ origin: { ...origin, secrets: { current: fine, previous: fine } } }), []);
    assert.deepEqual(said({ origin: { ...origin, secrets: { current: "hunter2", previous: `${fine};` } } }), [
      `origin.secrets.current  ${problem}`,
      `origin.secrets.previous  ${problem}`,
    ]);
  });

  it("does not let a route wait for longer than itself, unless the route is none of its own", () => {
    const apps = [
      gitApp({ routes: [{ domain: "www.example.com" }, { domain: "a.example.com", readTimeoutSeconds: 40 }] }),
    ];
    assert.deepEqual(said({ apps }), [
      "apps[0].routes[1].readTimeoutSeconds  40 is not below the 30 s after which the CDN gives up; wait less, or set " +
        "origin.answerSeconds above 40",
    ]);
    assert.deepEqual(said({ apps, domains: ["www.example.com"] }), []);
    assert.deepEqual(said({ apps, origin: { ...origin, answerSeconds: 60 } }), []);
  });

  it("takes a web ACL for distributions alone", () => {
    const acl = (region: string, scope: string): string =>
      `arn:aws:wafv2:${region}:111122223333:${scope}/webacl/web/0b0b4d1c`;
    assert.deepEqual(said({ webAclArn: acl("us-east-1", "global") }), []);
    assert.deepEqual(said({ webAclArn: acl("eu-central-1", "regional") }), [
      'webAclArn  "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/web/0b0b4d1c" is no web ACL for distributions; ' +
        "make one: new WebAcl(…, { scope: WebAclScope.CloudFront })",
    ]);
  });

  it("keeps logs for 36,500 days at most, in a bucket of its own, one that is there, or none", () => {
    assert.deepEqual(said({ accessLogs: { keepDays: 36_500 } }), []);
    assert.deepEqual(said({ accessLogs: { bucketName: "example-logs" } }), []);
    assert.deepEqual(said({ accessLogs: { enabled: false } }), []);
    assert.deepEqual(said({ accessLogs: { bucketName: "Logs", keepDays: 0 } }), [
      'accessLogs.bucketName  "Logs" cannot name a bucket; use 3 to 63 small letters, digits and inner hyphens',
      "accessLogs.keepDays  0 is out of range; use whole numbers from 1 to 36500",
      "accessLogs.keepDays  0 has no effect on a bucket that is there already; leave it out",
    ]);
    assert.deepEqual(said({ accessLogs: { enabled: false, keepDays: 30 } }), [
      "accessLogs.enabled  false says that there are none, and the rest where they are; give one of them",
    ]);
  });

  it("wants error pages that CloudFront can have", () =>
    assert.deepEqual(
      said({
        errorPages: [
          { status: 418, path: "/teapot" },
          { status: 503, path: "503.html", cachedSeconds: -1 },
          { status: 504, path: "/a" },
          { status: 504, path: "/b" },
        ],
      }),
      [
        "errorPages[0].status  418 is no error that CloudFront has pages for; use 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504",
        'errorPages[1].path  "503.html" is no path; begin it with a slash, e.g. "/errors/503.html"',
        "errorPages[1].cachedSeconds  -1 is out of range; use whole numbers from 0 to 31536000",
        "errorPages[2].status  504 has two pages; leave one of them out",
        "errorPages[3].status  504 has two pages; leave one of them out",
      ],
    ));

  it("wants one of the price classes, and a name that resources can have", () => {
    assert.deepEqual(said({ priceClass: PriceClass.NorthAmericaAndEurope }), []);
    assert.deepEqual(said({ priceClass: "cheap" as PriceClass }, "my cdn"), [
      'name  "my cdn" cannot name a distribution; use 1 to 64 letters, digits, hyphens and underscores',
      'priceClass  "cheap" is not one of the choices; use PriceClass_100, PriceClass_200, PriceClass_All',
    ]);
  });
});
