import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { App } from "../../../components/app/app";
import { Cdn } from "../../../components/aws/cdn/cdn";
import { Site } from "../../../components/aws/site";
import { Delivery, SiteArgs } from "../../../components/aws/site-args";
import { sha256 } from "../../../components/host/digest";
import { cloudFrontHop } from "../../../components/host/hop";
import { exampleApps } from "../../../examples/apps";
import { sampleCdn } from "./cdn/sample-cdn";
import { useOwnCache } from "./own-cache";
import { all, isSecret, one, record, Recorded, valueOf } from "./recorded";
import { gitApp } from "./sample-place";

const objects = "aws:s3/bucketObjectv2:BucketObjectv2";
const instanceType = "aws:ec2/instance:Instance";
const commandType = "command:local:Command";
const apps = (): App[] => exampleApps({ domain: "dev.example.com", mailHost: "203.0.113.25" });

describe("Site", function () {
  this.timeout(20_000);
  useOwnCache();

  const site = (args: Partial<SiteArgs> = {}): Promise<Recorded<Site>> =>
    record(() => new Site("web", { apps: apps(), ...args }));
  const environment = (recorded: Recorded<Site>): Record<string, string> =>
    one(recorded, commandType, "web-apply").inputs.environment as Record<string, string>;

  it("asks the host to apply the plan that it has published", async () => {
    const recorded = await site();
    const plan = sha256(one(recorded, objects, "web-plan").inputs.content as string);
    assert.deepEqual(JSON.parse(environment(recorded).LANDFALL_SPEC!), {
      instance: `${one(recorded, instanceType).name}-id`,
      region: "us-west-2",
      plan,
    });
  });

  describe("behind a hop that proves itself", () => {
    const front = [cloudFrontHop({ addresses: ["130.176.0.0/17"], provesItself: true })];
    const originSecrets = { current: "hunter2-0123456789abcdef0123456789" };

    it("gets the proof as a parameter, which Pulumi keeps secret, and makes no names", async () => {
      const recorded = await site({ front, originSecrets, secrets: {} });
      const parameter = one(recorded, "aws:ssm/parameter:Parameter", "web-origin-secrets").inputs;
      assert.equal(parameter.name, "/landfall/demo/test/web/proofs/x-landfall-origin-secret");
      assert.ok(isSecret(parameter.value));
      assert.ok(isSecret(one(recorded, "landfall:index:Site").inputs.originSecrets));
      assert.deepEqual(all(recorded, "aws:route53/record:Record"), []);
      assert.ok(one(recorded, commandType).dependsOn.includes("aws:ssm/parameter:Parameter::web-origin-secrets"));
      assert.doesNotMatch(String(one(recorded, objects, "web-plan").inputs.content), /hunter2/);
    });

    const problems: Record<string, [Partial<SiteArgs>, RegExp]> = {
      "no secrets": [{ front }, /originSecrets {2}is missing, by which the CDN proves itself; give what the origin/],
      "secrets for nobody": [{ originSecrets }, /originSecrets {2}is for a hop that proves itself, and none does/],
      "a zone without records": [
        { front, originSecrets, zone: { name: "example.com", id: "Z1" } },
        /zone {2}"example.com" is given, but no record is made/,
      ],
      "a hop that nothing leads to": [{ front: [cloudFrontHop({})] }, /front\[0\]\.addresses {2}\[\] is empty/],
    };
    for (const [what, [args, message]] of Object.entries(problems)) {
      it(`refuses ${what}`, () => assert.rejects(site(args), { message }));
    }
  });

  it("takes the password of a report as a parameter, and warns of one without", async () => {
    const domain = apps()[0]!.routes![0]!.domain;
    const web = (open: boolean): SiteArgs["web"] => ({ logs: { report: { domain, open, path: "/traffic/" } } });
    const secrets = { "web.server/report-password": "hunter2" };
    const recorded = await site({ web: web(false), secrets });
    const parameter = all(recorded, "aws:ssm/parameter:Parameter").find(({ inputs }) =>
      String(inputs.name).endsWith("/secrets/web.server/report-password"),
    );
    assert.ok(isSecret(parameter?.inputs.value));
    assert.doesNotMatch(recorded.warnings.join(), /everybody sees/);
    assert.match((await site({ web: web(true) })).warnings.join(), /everybody sees https:.*\/traffic\//);
    await assert.rejects(site({ web: web(true), secrets }), /"?web\.server\/report-password"?.* is a secret of no app/);
  });

  it("asks the host after plan, names, address and data volume are there", async () => {
    const recorded = await site({ secrets: {} });
    const { dependsOn } = one(recorded, commandType, "web-apply");
    for (const needed of [
      `${objects}::web-current`,
      "aws:route53/record:Record::web-dev.example.com-a",
      "aws:ec2/eipAssociation:EipAssociation::web-address",
      "aws:ec2/volumeAttachment:VolumeAttachment::web-data",
    ])
      assert.ok(dependsOn.includes(needed), `${needed} is not among ${dependsOn.join(", ")}`);
  });

  it("runs the program that asks by the same words on every computer", async () => {
    const { interpreter } = one(await site(), commandType, "web-apply").inputs as { interpreter: string[] };
    assert.equal(interpreter[0], "node");
    assert.ok(interpreter.at(-1)!.endsWith("components/aws/run-command/cli.ts"));
    assert.ok(!interpreter.some((word) => word.startsWith("/")), interpreter.join(" "));
  });

  it("starts the machine when plan, parameters and rules are there", async () => {
    const app = gitApp({ secrets: [{ name: "key" }] });
    const recorded = await site({ apps: [app], secrets: { "docs/key": "value" } });
    const { dependsOn } = one(recorded, instanceType);
    for (const needed of [
      `${objects}::web-current`,
      "aws:ssm/parameter:Parameter::web-docs/key",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::web-https-to-anywhere-ipv4",
    ])
      assert.ok(dependsOn.includes(needed), `${needed} is not among ${dependsOn.join(", ")}`);
  });

  it("warns once that AWS blocks mail of its apps by port 25", async () => {
    const { warnings } = await site({ apps: [gitApp({ reach: [{ port: "smtp", peer: "mail.example.com" }] })] });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^AWS blocks port 25 .*"smtp to anywhere-ipv4", "smtp to anywhere-ipv6"/);
  });

  it("opens the web ports, what the host needs and what the apps declare, and no more", async () => {
    const recorded = await site();
    const names = (direction: string): string[] =>
      all(recorded, `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`)
        .map(({ name }) => name)
        .sort();
    assert.deepEqual(names("Ingress"), [
      "web-http-from-anywhere-ipv4",
      "web-http-from-anywhere-ipv6",
      "web-https-from-anywhere-ipv4",
      "web-https-from-anywhere-ipv6",
    ]);
    assert.deepEqual(names("Egress"), [
      "web-http-to-anywhere-ipv4",
      "web-http-to-anywhere-ipv6",
      "web-https-to-anywhere-ipv4",
      "web-https-to-anywhere-ipv6",
      "web-submission-to-203.0.113.25/32",
    ]);
  });

  it("keeps given secrets as encrypted parameters that only this site's role can read", async () => {
    const app = gitApp({ secrets: [{ name: "key" }] });
    const recorded = await site({ apps: [app], secrets: { "docs/key": "correct horse" } });
    const { inputs } = one(recorded, "aws:ssm/parameter:Parameter");
    assert.equal(inputs.name, "/landfall/demo/test/web/secrets/docs/key");
    assert.equal(inputs.type, "SecureString");
    assert.ok(isSecret(inputs.value));
    const reads = one(recorded, "aws:iam/rolePolicy:RolePolicy", "web-reads").inputs.policy as string;
    assert.ok(reads.includes("parameter/landfall/demo/test/web/*"));
    for (const { name, inputs: told } of recorded.resources) {
      const shown = JSON.stringify(told, (_, value: unknown) => (isSecret(value) ? "[secret]" : value));
      assert.ok(!shown.includes("correct horse"), `${name} shows a secret`);
    }
  });

  it("asks the host again when a secret changes", async () => {
    const app = gitApp({ secrets: [{ name: "key" }] });
    const recorded = await site({ apps: [app], secrets: { "docs/key": "value" } });
    assert.equal(environment(recorded).LANDFALL_PARAMETERS, "3");
  });

  it("changes plan, code and pointer, but not the machine, when an app changes", async () => {
    const [journal, ...others] = apps();
    const changed = [{ ...journal!, environment: { COLOUR: "blue" } }, ...others];
    const [first, second] = [await site(), await site({ apps: changed })];
    for (const type of [instanceType, "aws:ebs/volume:Volume", "aws:ec2/eip:Eip"])
      assert.deepEqual(one(first, type), one(second, type), type);
    for (const name of ["web-plan", "web-current"])
      assert.notDeepEqual(one(first, objects, name).inputs, one(second, objects, name).inputs, name);
  });

  it("tells the engine the same when nothing has changed", async () => {
    const [first, second] = [await site(), await site()];
    const byName = (recorded: typeof first): Record<string, unknown> =>
      Object.fromEntries(recorded.resources.map((told) => [`${told.type} ${told.name}`, told]));
    assert.deepEqual(byName(first), byName(second));
  });

  it("says where apps answer, and what the deployment is to keep", async () => {
    const { result } = await site();
    assert.equal((await valueOf(result.urls))[0]!.url, "https://dev.example.com/");
    assert.equal(await valueOf(result.address), "203.0.113.7");
    assert.match(await valueOf(result.bucketName), /^landfall-test-web-[0-9a-f]{12}$/);
    assert.deepEqual((await valueOf(result.contract)).domains, ["dev.example.com", "live.dev.example.com"]);
  });

  it("says what its files depend on once the machine serves them, for a CDN that keeps some", async () => {
    const recorded = await record(() => {
      const { filesDigest } = new Site("web", { apps: apps() });
      return new Cdn("web", sampleCdn({ releases: filesDigest }));
    });
    const { inputs, propertyDependencies } = one(recorded, "command:local:Command", "web-invalidation");
    assert.match((inputs.environment as Record<string, string>).LANDFALL_RELEASES!, /^[0-9a-f]{64}$/);
    assert.ok(propertyDependencies.environment!.includes("command:local:Command::web-apply"));
  });

  it("answers by IPv6 where asked", async () => {
    const records = all(await site({ ipv6: true }), "aws:route53/record:Record");
    assert.deepEqual(records.map(({ name }) => name).sort(), [
      "web-dev.example.com-a",
      "web-dev.example.com-aaaa",
      "web-live.dev.example.com-a",
      "web-live.dev.example.com-aaaa",
    ]);
  });

  it("has neither bucket nor parameters when the plan is inside the user data", async () => {
    const recorded = await site({ apps: [gitApp()], delivery: Delivery.Inline });
    assert.ok(!recorded.resources.some(({ type }) => type.startsWith("aws:s3/") || type.startsWith("aws:ssm/")));
    const { inputs } = one(recorded, instanceType);
    assert.equal(inputs.userData, undefined);
    assert.ok((inputs.userDataBase64 as string).length > 0);
    assert.equal(await valueOf(recorded.result.bucketName), "");
  });

  it("makes another machine of another plan inside the user data", async () => {
    const inline = (ref: string): Promise<Recorded<Site>> =>
      site({
        apps: [gitApp({ source: { git: { url: "https://git.example.com/docs.git", ref } } })],
        delivery: Delivery.Inline,
      });
    const [first, again, second] = [await inline("v1"), await inline("v1"), await inline("v2")];
    assert.equal(one(first, instanceType).name, one(again, instanceType).name);
    assert.notEqual(one(first, instanceType).name, one(second, instanceType).name);
  });

  it("is watched, and its data copied, as was asked for", async () => {
    const recorded = await site({ monitoring: { notify: { email: "ops@example.com" } }, snapshots: { keepDays: 30 } });
    assert.deepEqual(
      all(recorded, "aws:cloudwatch/metricAlarm:MetricAlarm")
        .map(({ name }) => name)
        .sort(),
      ["web-cpu", "web-credits", "web-data-disk", "web-errors", "web-memory", "web-root-disk", "web-status"],
    );
    const { targetTags, schedules } = one(recorded, "aws:dlm/lifecyclePolicy:LifecyclePolicy").inputs.policyDetails as {
      targetTags: object;
      schedules: { retainRule: object }[];
    };
    assert.deepEqual(schedules[0]!.retainRule, { count: 30 });
    const tags = one(recorded, "aws:ebs/volume:Volume").inputs.tags as object;
    assert.deepEqual({ ...tags, ...targetTags }, tags);
  });

  it("keeps the logs of its machine in groups of its own, which end, and which it makes before the machine", async () => {
    const recorded = await site({ monitoring: { notify: { email: "ops@example.com" }, logDays: 90 } });
    const groups = all(recorded, "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(
      groups.map(({ inputs }) => [inputs.name, inputs.retentionInDays]),
      ["nginx/access", "nginx/error", "journal", "dashboard", "live"].map((key) => [
        `/landfall/demo/test/web/${key}`,
        90,
      ]),
    );
    const { dependsOn } = one(recorded, instanceType);
    for (const { name } of groups) assert.ok(dependsOn.includes(`aws:cloudwatch/logGroup:LogGroup::${name}`), name);
  });

  it("is the same machine when it begins to be watched", async () => {
    const [before, after] = [await site(), await site({ monitoring: { notify: { email: "ops@example.com" } } })].map(
      (recorded) => one(recorded, instanceType),
    );
    assert.equal(before!.name, after!.name);
    assert.deepEqual(before!.inputs, after!.inputs);
  });

  it("protects what is valuable", async () => {
    const recorded = await site({ protection: true });
    assert.deepEqual(
      recorded.resources
        .filter(({ protect }) => protect)
        .map(({ type }) => type)
        .sort(),
      ["aws:ebs/volume:Volume", "aws:ec2/eip:Eip", instanceType, "aws:s3/bucket:Bucket"],
    );
  });

  it("marks everything with project, stack and site", async () => {
    const recorded = await site({ tags: { team: "web" } });
    const tags = { "landfall:project": "demo", "landfall:stack": "test", "landfall:site": "web", team: "web" };
    const tagged = recorded.resources.filter(({ type, inputs }) => type.startsWith("aws:") && inputs.tags);
    assert.ok(tagged.length > 15, `${tagged.length} are tagged`);
    for (const { name, inputs } of tagged) {
      const { Name: _, ...others } = inputs.tags as Record<string, string>;
      assert.deepEqual(others, tags, name);
    }
  });

  it("lists everything that is wrong, before any resource is made", async () => {
    const [journal, ...others] = apps();
    const wrong = [{ ...journal!, name: "Journal" }, ...others];
    await assert.rejects(site({ apps: wrong, zone: { name: "example.org" }, dataGiB: 0 }), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.match(error.message, /^landfall:index:Site 'web' has 5 problems:/);
      return true;
    });
  });
});
