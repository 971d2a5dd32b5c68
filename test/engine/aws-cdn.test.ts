import assert from "node:assert/strict";
import { App } from "../../components/app/app";
import { ServeBy } from "../../components/app/route/route";
import { AwsProject, changes } from "./aws-project";

/** A distribution as `cdn.json` has it, with a web ACL where it has one, its certificate, and a name that leads to it. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Cdn, Certificate, DnsRecords, WebAcl } from "../components";

const { acl, ...args } = JSON.parse(readFileSync(join(__dirname, "cdn.json"), "utf8"));
const { arn } = new Certificate("web", { domains: ["www.example.com"], regions: ["us-east-1"] });
const webAclArn = acl && new WebAcl("web", acl).arn;
const cdn = new Cdn("web", { ...args, certificateArn: arn, webAclArn });
new DnsRecords("web", { domains: ["www.example.com"], alias: { dnsName: cdn.domainName, zoneId: cdn.zoneId } });
export const distribution = cdn.distributionId;
`;

const domain = "www.example.com";
const shop: App = {
  name: "shop",
  source: { directory: "examples/live" },
  process: { command: ["/usr/bin/python3", "app.py"] },
  routes: [{ domain }, { domain, path: "/docs/", serve: ServeBy.Files }],
};
const origin = { domainName: "origin.example.com" };
const described = { apps: [shop], origin };

const updated = "update aws:cloudfront/distribution:Distribution web";

describe("a distribution of CloudFront, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  let project: AwsProject;

  before(async function () {
    // Making the engine, where none is to be had, takes minutes.
    this.timeout(40 * 60_000);
    project = await AwsProject.make((line) => console.log(`      ${line}`));
    project.write("stacks/index.ts", program);
    describeCdn({});
    await project.pulumi("stack", "init", "test");
    await project.pulumi("config", "set", "aws:region", "eu-central-1", "--stack", "test");
  });
  after(() => project?.remove());

  function describeCdn(more: object): void {
    project.write("stacks/cdn.json", JSON.stringify({ ...described, ...more }));
  }

  /** What another description would change. */
  async function changedBy(more: object): Promise<string[]> {
    describeCdn(more);
    return changes(await project.previewed("test"));
  }

  it("comes up, and has nothing to do afterwards", async () => {
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await changedBy({}), []);
  });

  it("is what names lead to", async () => {
    const state = await project.state("test");
    const records = state.filter(({ type }) => type === "aws:route53/record:Record");
    const aliases = records.flatMap(({ inputs }) => (inputs?.aliases ?? []) as { zoneId: string; name: string }[]);
    assert.equal(aliases.length, 2, "by IPv4 and IPv6");
    for (const { zoneId, name } of aliases) {
      assert.equal(zoneId, "Z2FDTNDATAQYW2");
      assert.match(name, /^d[0-9a-f]{13}\.cloudfront\.net$/);
    }
  });

  it("is changed in place when files are added, and not at all by a route to an app", async () => {
    const files = { domain, path: "/media/", serve: ServeBy.Files };
    assert.deepEqual(await changedBy({ apps: [{ ...shop, routes: [files, ...shop.routes!] }] }), [updated]);
    const chat = { domain, path: "/chat/", websocket: true };
    assert.deepEqual(await changedBy({ apps: [{ ...shop, routes: [chat, ...shop.routes!] }] }), []);
  });

  it("has its logs kept for longer in place, and moved to another bucket without a moment of two deliveries", async () => {
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    assert.deepEqual(await changedBy({ accessLogs: { keepDays: 365 } }), [`update ${lifecycle} web-logs`]);
    describeCdn({ accessLogs: { bucketName: "example-logs" } });
    const moved = changes(await project.previewed("test")).filter((change) => change.includes("cloudwatch/"));
    assert.deepEqual(moved, ["update aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination web-logs"]);
    describeCdn({ accessLogs: { enabled: false } });
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    const kinds = (await project.state("test")).map(({ type }) => type);
    assert.deepEqual(
      kinds.filter((type) => /LogDelivery|s3\//.test(type)),
      [],
    );
    describeCdn({});
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
  });

  it("has what it keeps forgotten once for each release", async () => {
    const step = "command:local:Command web-invalidation";
    const asked = async (releases: string): Promise<string[]> => {
      describeCdn({ releases });
      return changes(await project.previewed("test"), ["aws", "command"]);
    };
    assert.deepEqual(await asked("one"), [`create ${step}`]);
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await asked("one"), []);
    assert.deepEqual(await asked("two"), [`update ${step}`]);
    describeCdn({});
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
  });

  it("gets another way into a network, since one in use does not change", async () => {
    const inside = (name: string) => ({
      origin: {
        ...origin,
        vpc: {
          arn: `arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/${name}/0123456789abcdef`,
        },
      },
    });
    const way = "aws:cloudfront/vpcOrigin:VpcOrigin web";
    assert.deepEqual(await changedBy(inside("one")), [`create ${way}`, updated]);
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await changedBy(inside("one")), []);
    assert.deepEqual(await changedBy(inside("two")), [`replace ${way}`, updated]);
    describeCdn({});
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
  });

  it("holds requests against a web ACL, tries it out in place, and leaves it before it goes", async () => {
    const acl = "aws:wafv2/webAcl:WebAcl web";
    const limited = { rateLimit: { requests: 2000 }, logs: {} };
    assert.deepEqual(await changedBy({ acl: limited }), [
      "create aws:cloudwatch/logGroup:LogGroup aws-waf-logs-web",
      `create ${acl}`,
      "create aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration web",
      updated,
    ]);
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await changedBy({ acl: limited }), []);
    assert.deepEqual(await changedBy({ acl: { ...limited, counts: true } }), [`update ${acl}`]);
    describeCdn({});
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    const left = (await project.state("test")).filter(({ type }) => type.startsWith("aws:wafv2/"));
    assert.deepEqual(left, []);
  });

  it("has its times, its TLS, its pages and challenges changed in place", async () => {
    const more = {
      tlsPolicy: "TLSv1.3_2025",
      errorPages: [{ status: 503, path: "/503.html" }],
      origin: { ...origin, answerSeconds: 60, challenges: true },
    };
    assert.deepEqual(await changedBy(more), [updated]);
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await changedBy(more), []);
  });

  it("changes its secret in place, keeps it out of the state, and does not tell AWS that the old one is gone", async () => {
    const [one, other] = ["hunter1", "hunter2"].map((word) => `${word}-0123456789abcdef0123456789`);
    const proving = (secrets: object): object => ({ origin: { ...origin, secrets } });
    describeCdn(proving({ current: one }));
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await changedBy(proving({ current: other, previous: one })), [updated]);
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await changedBy(proving({ current: other })), []);
    assert.doesNotMatch(JSON.stringify(await project.state("test")), /hunter/);
  });

  it("refuses what is wrong with its description, by one error", async () => {
    describeCdn({ tlsPolicy: "SSLv3", origin: { domainName: domain } });
    const { status, shown } = await project.attempt("preview", "--stack", "test");
    assert.notEqual(status, 0);
    assert.match(shown, /landfall:index:Cdn 'web' has 2 problems/);
    describeCdn({});
  });

  it("can be destroyed", async () => {
    await project.pulumi("destroy", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await project.state("test"), []);
  });
});
