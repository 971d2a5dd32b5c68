import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import type { App } from "../../../components/app/app";
import { describeProblems } from "../../../components/app/problem";
import { planSite, SitePlace, SitePlan } from "../../../components/aws/plan-site";
import { Delivery, SiteArgs } from "../../../components/aws/site-args";
import { buildHost, HostProblems } from "../../../components/host/build";
import { canonicalJson } from "../../../components/host/digest";
import { directHops } from "../../../components/host/hops";
import { HostPlan } from "../../../components/host/plan";
import { ssmAgentRelease } from "../../../components/host/ssm-agent";
import { exampleApps } from "../../../examples/apps";
import { gitApp, samplePlace } from "./sample-place";

describe("planSite", function () {
  this.timeout(20_000);
  let place: SitePlace & { remove(): void };
  before(() => (place = samplePlace()));
  after(() => place.remove());

  const examples = (): App[] => exampleApps({ domain: "dev.example.com", mailHost: "smtp.example.com" });
  const plan = (args: Partial<SiteArgs> = {}): SitePlan =>
    planSite("web", { apps: examples(), debian: 12, ...args }, place);
  const problems = (args: Partial<SiteArgs>, name = "web"): string[] => {
    try {
      planSite(name, { apps: [gitApp()], ...args }, place);
    } catch (error) {
      assert.ok(error instanceof HostProblems, String(error));
      return describeProblems("", error.problems)
        .split("\n")
        .slice(1)
        .map((line) => line.trim().replace(/ {2,}/, ": "));
    }
    return [];
  };

  describe("beside the plan of a local machine", () => {
    /** What AWS adds to a host plan; docs/aws.md lists the same. */
    function withoutPlatform(plan: HostPlan): HostPlan {
      const { acme, downloads, ...shared } = plan;
      assert.ok(acme && downloads, "the parts that only AWS has");
      const ownUnits = ["certbot.timer", "amazon-ssm-agent.service"];
      const hook = "/etc/letsencrypt/renewal-hooks/deploy/landfall";
      const added = {
        packages: plan.packages.filter((name) => name === "certbot").length,
        files: plan.files.filter(({ path }) => path === hook).length,
        units: plan.units.filter(({ name }) => ownUnits.includes(name)).length,
        certificates: plan.certificates.filter(({ parameter }) => parameter === null).length,
      };
      assert.deepEqual(added, { packages: 1, files: 1, units: 2, certificates: plan.certificates.length });
      return {
        ...shared,
        packages: plan.packages.filter((name) => name !== "certbot"),
        files: plan.files.filter(({ path }) => path !== hook),
        units: plan.units.filter(({ name }) => !ownUnits.includes(name)),
        certificates: plan.certificates.map((one) => ({ ...one, parameter: `tls/${one.domain}` })),
      };
    }

    it("has the same bytes but for the parts of the platform", () => {
      const local = buildHost({ ...place, apps: examples(), debian: 12, hops: directHops });
      const site = plan();
      assert.equal(canonicalJson(withoutPlatform(site.plan)), canonicalJson(local.plan));
      assert.deepEqual(site.archives, local.archives);
    });
  });

  it("gives the same for the same description", () => {
    assert.equal(canonicalJson(plan()), canonicalJson(plan()));
  });

  it("tells the machine where to look, and nothing of the apps", () => {
    const { store, userData } = plan();
    assert.ok("userData" in userData && store);
    assert.match(store.bucket, /^landfall-test-web-[0-9a-f]{12}$/);
    assert.equal(store.parameters, "/landfall/demo/test/web");
    assert.ok(userData.userData.includes(store.bucket));
    for (const word of ["journal", "dashboard", "dev.example.com"]) assert.ok(!userData.userData.includes(word), word);
  });

  it("does not touch user data when an app changes", () => {
    const changed = examples().map((app) => ({ ...app, environment: { ...app.environment, COLOUR: "blue" } }));
    assert.deepEqual(plan({ apps: changed }).userData, plan().userData);
    assert.notDeepEqual(plan({ apps: changed }).plan, plan().plan);
  });

  it("pins the agent for the processor", () => {
    const [download] = plan({ instanceType: "t4g.small" }).plan.downloads ?? [];
    assert.equal(download?.sha256, ssmAgentRelease.sha256.arm64);
    assert.match(download.url, /debian_arm64/);
  });

  it("has an agent that reports only where it is watched", () => {
    const path = "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json";
    const [plain, watched] = [plan(), plan({ monitoring: { notify: { email: "ops@example.com" } } })];
    assert.deepEqual([plain.logs, plain.plan.downloads?.length], [null, 1]);
    assert.equal(watched.logs?.name, "/landfall/demo/test/web");
    assert.deepEqual(
      [watched.plan.downloads?.at(-1)?.package, watched.plan.units.at(-1)?.name],
      ["amazon-cloudwatch-agent", "amazon-cloudwatch-agent.service"],
    );
    const others = (of: SitePlan): unknown => of.plan.files.filter((file) => file.path !== path);
    assert.deepEqual(others(watched), others(plain));
    const written = watched.plan.files.find((file) => file.path === path)?.content ?? "";
    for (const group of Object.values(watched.logs.groups)) assert.ok(written.includes(`"${group}"`), group);
  });

  it("takes another authority, release of the agent and bucket", () => {
    const acme = { directory: "https://acme.example.com/directory", email: "owner@example.com" };
    const ssmAgent = { version: "4.0.0.0", sha256: { amd64: "a".repeat(64), arm64: "b".repeat(64) } };
    const site = plan({ certificates: { acme }, ssmAgent, bucketName: "ours" });
    assert.deepEqual(site.plan.acme, acme);
    assert.equal(site.plan.downloads?.[0]?.sha256, ssmAgent.sha256.amd64);
    assert.equal(site.store?.bucket, "ours");
  });

  it("lets out what is asked for beside the apps", () => {
    const { traffic } = plan({ egress: [{ port: "9418" }] });
    assert.deepEqual(traffic.egress.at(-1), { port: "9418" });
  });

  it("says where each app answers", () => {
    assert.deepEqual(
      plan().addresses.map(({ app, url, health }) => [app, url, health.url]),
      [
        ["journal", "https://dev.example.com/", "https://dev.example.com/"],
        ["dashboard", "https://dev.example.com/dashboard/", "https://dev.example.com/dashboard/health"],
        ["live", "https://live.dev.example.com/", "https://live.dev.example.com/health"],
      ],
    );
  });

  describe("inline", () => {
    it("has no agent, for which there is no room, and is watched by what EC2 reports", () => {
      const monitoring = { notify: { email: "ops@example.com" } };
      const site = plan({ apps: [gitApp()], delivery: Delivery.Inline, monitoring });
      assert.equal(site.logs, null);
      assert.deepEqual(site.plan, plan({ apps: [gitApp()], delivery: Delivery.Inline }).plan);
    });

    it("refuses figures for what only an agent reports", () => {
      const figures = { memoryPercent: 80, diskPercent: 80, errorPercent: 1, logDays: 30, cpuPercent: 75 };
      const monitoring = { notify: { email: "ops@example.com" }, ...figures };
      assert.deepEqual(
        problems({ delivery: Delivery.Inline, monitoring }).map((line) => line.split(": ")[0]),
        ["monitoring.memoryPercent", "monitoring.diskPercent", "monitoring.errorPercent", "monitoring.logDays"],
      );
    });

    it("puts the plan into the user data, and names no bucket", () => {
      const { store, userData } = plan({ apps: [gitApp()], delivery: Delivery.Inline });
      assert.equal(store, null);
      assert.ok("userDataBase64" in userData);
      const text = gunzipSync(Buffer.from(userData.userDataBase64, "base64")).toString();
      assert.match(text, /^#cloud-config|^Content-Type: multipart/);
    });

    it("refuses what user data cannot carry", () => {
      const [journal] = examples();
      const secret = { name: "key" };
      const found = problems({
        apps: [journal!, gitApp({ secrets: [secret] })],
        delivery: Delivery.Inline,
        secrets: { "docs/key": "hidden" },
        bucketName: "ours",
      });
      assert.ok(
        found.some((line) => line.startsWith("apps[0].source.directory: ")),
        found.join("\n"),
      );
      assert.ok(
        found.some((line) => line.startsWith("apps[1].secrets[0]")),
        found.join("\n"),
      );
      assert.ok(found.includes('bucketName: "ours" is the name of a bucket that nobody would read; leave it out'));
      assert.ok(
        found.some((line) => line.startsWith("secrets: would be in user data")),
        found.join("\n"),
      );
      assert.ok(!found.join("\n").includes("hidden"));
    });
  });

  describe("refuses", () => {
    it("domains outside the zone, by their routes", () => {
      const app = gitApp({ routes: [{ domain: "docs.example.com" }, { domain: "badexample.com" }] });
      assert.deepEqual(problems({ apps: [app], zone: { name: "example.com" } }), [
        'apps[0].routes[1].domain: "badexample.com" does not lie in the zone "example.com"; use a name below it, or leave out the zone and let it be found',
      ]);
    });

    it("secrets without a value, and values without a secret, but shows none", () => {
      const app = gitApp({ secrets: [{ name: "key" }, { name: "made-up", generate: true }] });
      assert.deepEqual(problems({ apps: [app], secrets: { "docs/kee": "hidden" } }), [
        'secrets["docs/kee"]: is a secret of no app; did you mean "docs/key"?',
        'secrets["docs/key"]: has no value; give one, from the stack\'s configuration, or let the host generate it',
      ]);
    });

    it("ports of administration that everybody would reach", () => {
      const found = problems({ apps: [gitApp({ listen: { publicPorts: [2222, 3389] } })] });
      assert.deepEqual(found, [
        "apps[0].listen.publicPorts[1]: 3389 would open rdp (3389) to a large part of the Internet; let it listen on another port",
      ]);
    });

    it("more traffic than a security group has room for", () => {
      const reach = Array.from({ length: 60 }, (_, index) => ({ port: "https", peer: `10.0.${index}.0/24` }));
      const [problem, ...others] = problems({ apps: [gitApp({ reach })] });
      assert.match(problem!, /^egress: counts as 62 rules of IPv4 \(networks 62\), and the quota is 60/);
      assert.deepEqual(others, []);
      assert.deepEqual(problems({ apps: [gitApp({ reach })], rulesQuota: 62 }), []);
    });

    it("what is wrong with site, network, machine and apps, all at once", () => {
      const found = problems(
        {
          apps: [gitApp({ name: "Docs" })],
          vpcId: "vpc-1",
          delivery: "inlin" as Delivery,
          egress: [{ port: "gopher" }],
          dataGiB: 0,
          monitoring: { notify: {} },
          ssh: { sources: ["0.0.0.0/0"] },
          ssmAgent: { version: "latest", sha256: ssmAgentRelease.sha256 },
          certificates: { acme: { email: "nobody" } },
        },
        "Web",
      );
      assert.deepEqual(
        found.map((line) => line.split(": ")[0]),
        [
          "name",
          "delivery",
          "subnetId",
          "ssmAgent.version",
          "egress[0].port",
          "dataGiB",
          "ssh.sources[0]",
          "monitoring.notify",
          "apps[0].name",
          "certificates.acme.email",
        ],
      );
    });
  });
});
