import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { actionsOf, kindActions } from "../../components/aws/permissions/permissions";
import { account } from "../../toolchain/providers/aws/account/account";
import { definitions } from "../../toolchain/providers/aws/resources";
import type { ApiCall } from "../aws-models/api-call";
import { callsOf, translations } from "../aws-models/calls";
import { iamActionOf, serviceOf, unknownActions } from "../aws-models/iam-actions";
import { limits } from "../aws-models/limits";
import { pythonWithAws, runScript } from "../aws-models/python";
import type { RecordedResource } from "../aws-models/recorded-state";
import { projectOf, simulatedUp } from "../aws-models/simulated-up";

const region = "eu-central-1";
const checkout = path.resolve(__dirname, "../..");

interface Fault {
  readonly urn: string;
  readonly call: string;
  readonly path: string;
  readonly reason: string;
}

interface Made {
  readonly call: string;
  readonly urn: string;
  readonly error?: string;
  readonly wanted?: unknown;
  readonly found?: unknown;
}

describe("what is recorded, as calls of AWS's API", function () {
  this.timeout(120_000);
  let python: string;

  before(async function () {
    this.timeout(15 * 60_000);
    python = await pythonWithAws((line) => console.log(`      ${line}`));
  });

  const walked = (calls: readonly ApiCall[]): Promise<Fault[]> =>
    runScript(python, "walk_models.py", { calls, limits });

  /** Makes the calls in an account that has what the recorded resources found in theirs. */
  function made(calls: readonly ApiCall[], resources: readonly RecordedResource[]): Promise<Made[]> {
    const { vpcId, subnets, zones } = account(region);
    const images = resources
      .flatMap(({ inputs }) => [inputs["ami"], inputs["imageId"]])
      .filter((image) => typeof image === "string");
    // moto passes over the conditions of a policy: one that refuses connections without TLS would refuse all that follow.
    const isPolicy = ({ operation }: ApiCall): boolean => operation === "PutBucketPolicy";
    const ordered = [...calls.filter((call) => !isPolicy(call)), ...calls.filter(isPolicy)];
    return runScript(python, "call_moto.py", { calls: ordered, region, existing: { vpcId, subnets, zones, images } });
  }

  it("has a translation for every kind of resource that is recorded", () => {
    assert.deepEqual(Object.keys(translations).sort(), Object.keys(definitions).sort());
  });

  it("refuses an input that it does not translate", () => {
    const resource = { urn: "urn", type: "aws:ec2/eip:Eip", id: "eipalloc-1", inputs: { domain: "vpc", color: 1 } };
    assert.throws(() => callsOf([{ ...resource, outputs: {} }]), /nobody translates into a call of AWS: color/);
  });

  const subjects = [
    {
      name: "a program with every kind of resource",
      up: async () => {
        const project = projectOf(path.join(__dirname, "../aws-models/every-kind.js"));
        try {
          return await simulatedUp({ project, stack: "test", config: `config:\n  aws:region: ${region}\n` });
        } finally {
          fs.rmSync(project, { recursive: true });
        }
      },
    },
    {
      name: "the stack dev",
      up: () => {
        const config = fs.readFileSync(path.join(checkout, "stacks/Pulumi.dev.yaml"), "utf8");
        return simulatedUp({ project: checkout, stack: "dev", config });
      },
    },
  ];

  for (const { name, up } of subjects) {
    describe(name, () => {
      let resources: RecordedResource[];
      let calls: ApiCall[];

      before(async () => {
        resources = await up();
        calls = callsOf(resources);
      });

      it("makes calls that AWS's own models describe, within their limits and those that they lack", async () => {
        assert.deepEqual(await walked(calls), []);
      });

      it("makes calls that its own permissions allow", () => {
        const kindOf = new Map(resources.map(({ urn, type }) => [urn, type]));
        const missing = calls
          .map(({ urn, service, operation }) => [kindOf.get(urn)!, iamActionOf(service, operation)] as const)
          .filter(([kind, action]) => !actionsOf([kind]).includes(action));
        assert.deepEqual(missing, []);
      });

      it("makes calls that moto's server takes, and finds what they said when it reads back", async () => {
        const results = await made(calls, resources);
        const refusals = new Map(
          calls.map(({ service, operation, urn, motoRefuses }) => [`${service}.${operation} of ${urn}`, motoRefuses]),
        );
        assert.equal(results.length, calls.length);
        for (const { call, urn, error, wanted, found } of results) {
          // What moto takes one day is no exception any more, and has to be read back.
          const refusal = refusals.get(`${call} of ${urn}`);
          if (refusal) assert.match(error ?? "moto takes it now", refusal.error, `${call}: ${refusal.reason}`);
          else assert.equal(error, undefined, `${call} of ${urn}`);
          assert.deepEqual(found, wanted, `${call} of ${urn}`);
        }
      });
    });
  }

  it("needs permissions that AWS's services know", async () => {
    const actions = actionsOf(Object.keys(kindActions));
    const services = [...new Set(actions.map(serviceOf))];
    const operations = await runScript<Record<string, string[]>>(python, "list_operations.py", services);
    assert.deepEqual(unknownActions(actions, operations), []);
    assert.deepEqual(unknownActions(["ec2:RunInstance"], operations), ["ec2:RunInstance"]);
  });

  it("is made of every kind of resource, so that none is left unproven", () => {
    const source = fs.readFileSync(path.join(__dirname, "../aws-models/every-kind.js"), "utf8");
    const missing = Object.keys(definitions).filter((token) => !source.includes(`.${token.split(":")[2]}(`));
    assert.deepEqual(missing, []);
  });

  describe("breakages that AWS would refuse", () => {
    const instance = {
      urn: "urn:web",
      type: "aws:ec2/instance:Instance",
      id: "i-1",
      outputs: {},
      inputs: { ami: "ami-1", instanceType: "t3.small" },
    };
    const group = {
      ...instance,
      type: "aws:ec2/securityGroup:SecurityGroup",
      inputs: { name: "web", description: "web" },
    };
    const rule = {
      ...instance,
      type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      inputs: { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
    };
    const bucket = { ...instance, type: "aws:s3/bucket:Bucket", outputs: { region }, inputs: { bucket: "landfall" } };
    const behaviour = {
      targetOriginId: "origin",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    };
    const originConfig = {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
    };
    const origin = { originId: "origin", domainName: "origin.example.com", customOriginConfig: originConfig };
    const distribution = {
      ...instance,
      type: "aws:cloudfront/distribution:Distribution",
      outputs: { callerReference: "web" },
      inputs: {
        enabled: true,
        origins: [origin],
        defaultCacheBehavior: behaviour,
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: {
          acmCertificateArn: "arn:1",
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1.2_2021",
        },
      },
    };
    const role = { ...instance, type: "aws:iam/role:Role", inputs: { name: "web", assumeRolePolicy: "{}" } };
    const record = {
      ...instance,
      type: "aws:route53/record:Record",
      inputs: { zoneId: "Z1", name: "a.example.com", type: "A", ttl: 60, records: ["192.0.2.1"] },
    };
    const parameter = {
      ...instance,
      type: "aws:ssm/parameter:Parameter",
      inputs: { name: "/a/b", type: "SecureString", value: "hunter2" },
    };
    const certificate = {
      ...instance,
      type: "aws:acm/certificate:Certificate",
      inputs: { domainName: "www.example.com", validationMethod: "DNS" },
    };
    const volume = {
      ...instance,
      type: "aws:ebs/volume:Volume",
      inputs: { availabilityZone: "eu-central-1a", size: 8, type: "gp3" },
    };

    const targets = {
      ...instance,
      type: "aws:lb/targetGroup:TargetGroup",
      inputs: { name: "web", port: 443, protocol: "HTTPS", vpcId: "vpc-1" },
    };
    const listenerRule = {
      ...instance,
      type: "aws:lb/listenerRule:ListenerRule",
      inputs: { listenerArn: "arn", priority: 1, conditions: [], actions: [] },
    };
    const network = { ...instance, type: "aws:ec2/vpc:Vpc", inputs: { cidrBlock: "10.0.0.0/16" } };
    const subnet = {
      ...instance,
      type: "aws:ec2/subnet:Subnet",
      inputs: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/20" },
    };
    const logGroup = {
      ...instance,
      type: "aws:cloudwatch/logGroup:LogGroup",
      inputs: { name: "web", retentionInDays: 30 },
    };

    const template = {
      ...instance,
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      outputs: { name: "web" },
      inputs: { imageId: "ami-1", tagSpecifications: [{ resourceType: "volume", tags: { team: "web" } }] },
    };
    const hook = {
      ...instance,
      type: "aws:autoscaling/lifecycleHook:LifecycleHook",
      inputs: { autoscalingGroupName: "web", name: "healthy", heartbeatTimeout: 1200 },
    };
    const fleet = {
      ...instance,
      type: "aws:autoscaling/group:Group",
      inputs: { minSize: 1, maxSize: 2, maxInstanceLifetime: 86_400 },
    };
    const topic = { ...instance, type: "aws:sns/topic:Topic", inputs: { name: "web" } };
    const copies = (times: string, description = "Daily"): Record<string, unknown> => ({
      executionRoleArn: "arn:aws:iam::111122223333:role/copies",
      description,
      state: "ENABLED",
      policyDetails: {
        policyType: "EBS_SNAPSHOT_MANAGEMENT",
        resourceTypes: ["VOLUME"],
        targetTags: { "landfall:snapshots": "web" },
        schedules: [
          { name: "daily", createRule: { interval: 24, intervalUnit: "HOURS", times }, retainRule: { count: 7 } },
        ],
      },
    });
    const snapshots = { ...instance, type: "aws:dlm/lifecyclePolicy:LifecyclePolicy", inputs: copies("03:00") };

    const seen = (metricName: string) => ({
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName,
    });
    const rateRule = (limit: number) => ({
      name: "rate",
      priority: 0,
      action: { block: {} },
      statement: { rateBasedStatement: { aggregateKeyType: "IP", limit } },
      visibilityConfig: seen("rate"),
    });
    const acl = {
      ...instance,
      type: "aws:wafv2/webAcl:WebAcl",
      outputs: { arn: "arn" },
      inputs: {
        name: "web",
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: [rateRule(10)],
        visibilityConfig: seen("web"),
      },
    };
    const aclLogs = {
      ...instance,
      type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      inputs: {
        resourceArn: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/web/1",
        logDestinationConfigs: ["arn:aws:logs:eu-central-1:111122223333:log-group:aws-waf-logs-web"],
      },
    };
    const deliverySource = {
      ...instance,
      type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
      inputs: {
        name: "web-logs",
        logType: "ACCESS_LOGS",
        resourceArn: "arn:aws:cloudfront::111122223333:distribution/E1",
      },
    };

    const breakages: [what: string, resource: RecordedResource, breakage: Record<string, unknown>, fault: RegExp][] = [
      [
        "a main name of a certificate that is too long",
        certificate,
        { domainName: `${"a".repeat(53)}.example.com` },
        /DomainName is 65 characters, and has to be at most 64 \(ACM API/,
      ],
      [
        "a kind of key that there is not",
        certificate,
        { keyAlgorithm: "EC_P256" },
        /KeyAlgorithm is "EC_P256", which is none of 7/,
      ],
      ["a name of a record with a part that is too long", record, { name: `${"a".repeat(64)}.example.com` }, /Name /],
      ["a topic's name with a dot", topic, { name: "web.alarms" }, /Name has to match/],
      ["an hour of copies that there is not", snapshots, copies("24:00"), /Times\[0\] has to match/],
      [
        "a description of copies with a letter that AWS refuses",
        snapshots,
        copies("03:00", "Daily: web"),
        /Description is "Daily: web", and has to match/,
      ],
      [
        "a member that an enumeration lacks",
        instance,
        { metadataOptions: { httpTokens: "bogus" } },
        /MetadataOptions\.HttpTokens is "bogus", which is none of 2/,
      ],
      [
        "a type of instance that there is not",
        instance,
        { instanceType: "t3.smal" },
        /InstanceType is "t3\.smal", which is none of \d+/,
      ],
      [
        "an option that there is not",
        instance,
        { metadataOptions: { httpToken: "x" } },
        /MetadataOptions\.HttpToken is not known/,
      ],
      [
        "a value of another kind",
        instance,
        { disableApiTermination: "yes" },
        /DisableApiTermination is str, and has to be boolean/,
      ],
      [
        "a hop limit out of range",
        instance,
        { metadataOptions: { httpPutResponseHopLimit: 65 } },
        /is 65, and has to be from 1 to 64 \(EC2 API/,
      ],
      [
        "user data that is too long",
        instance,
        { userData: "x".repeat(16_385) },
        /UserData is 16385 bytes, and has to be at most 16384 \(EC2 User/,
      ],
      ["a name of a group that AWS keeps for ids", group, { name: "sg-web" }, /GroupName must not match sg-/],
      [
        "a description with a letter that AWS refuses",
        group,
        { description: "für web" },
        /Description has to match \[a-zA-Z0-9 /,
      ],
      [
        "a rule's description that is too long",
        rule,
        { description: "x".repeat(256) },
        /IpRanges\[0\]\.Description is 256 characters/,
      ],
      [
        "a port that there is not",
        rule,
        { toPort: 70_000 },
        /IpPermissions\[0\]\.ToPort is 70000, and has to be from -1 to 65535/,
      ],
      ["a range that is none", rule, { cidrIpv4: "everywhere" }, /CidrIp has to match/],
      ["a tag that AWS keeps for itself", group, { tags: { "aws:name": "x" } }, /Tags\[0\]\.Key must not match \[aA\]/],
      ["a tag's value that is too long", group, { tags: { a: "x".repeat(257) } }, /Tags\[0\]\.Value is 257 characters/],
      ["a bucket's name in capitals", bucket, { bucket: "Landfall" }, /Bucket has to match \[a-z0-9\]/],
      ["a bucket's name like an address", bucket, { bucket: "192.0.2.1" }, /Bucket must not match/],
      [
        "a role's name that is too long",
        role,
        { name: "x".repeat(65) },
        /RoleName is 65 characters, and has to be at most 64/,
      ],
      ["a role's name with a space", role, { name: "a b" }, /RoleName is "a b", and has to match/],
      [
        "a trust policy that is too long",
        role,
        { assumeRolePolicy: JSON.stringify("x".repeat(2100)) },
        /is 2102 characters, and has to be at most 2048 \(IAM User/,
      ],
      ["a type of record that there is not", record, { type: "AAAAA" }, /ResourceRecordSet\.Type is "AAAAA"/],
      ["a time to live below zero", record, { ttl: -1 }, /ResourceRecordSet\.TTL is -1, and has to be at least 0/],
      ["a parameter's name that AWS keeps", parameter, { name: "/aws/a" }, /Name must not match/],
      [
        "a parameter's value that is too long, without showing it",
        parameter,
        { value: "x".repeat(4097) },
        /Value is 4097 bytes, and has to be at most 4096 \(Systems/,
      ],
      [
        "a target group's name that is too long",
        targets,
        { name: "x".repeat(33) },
        /Name is 33 characters, and has to/,
      ],
      ["a balancer's name that AWS keeps", targets, { name: "internal-web" }, /Name must not match internal-/],
      [
        "a status that is never healthy",
        targets,
        { healthCheck: { matcher: "503" } },
        /Matcher\.HttpCode has to match/,
      ],
      [
        "a rule that is asked after the last",
        listenerRule,
        { priority: 50_001 },
        /Priority is 50001, and has to be at/,
      ],
      [
        "a host without a dot",
        listenerRule,
        { conditions: [{ hostHeader: { values: ["localhost"] } }] },
        /HostHeaderConfig\.Values\[0\] has to match/,
      ],
      [
        "a network that is too small",
        network,
        { cidrBlock: "10.0.0.0/29" },
        /CidrBlock has to match .*VPC CIDR blocks/,
      ],
      ["a subnet that is too large", subnet, { cidrBlock: "10.0.0.0/15" }, /CidrBlock has to match .*Subnet CIDR/],
      ["a subnet that is too small for IPv6", subnet, { ipv6CidrBlock: "2001:db8::/72" }, /Ipv6CidrBlock has to match/],
      ["a log group's name with a space", logGroup, { name: "a b" }, /logGroupName is "a b", and has to match/],
      [
        "logs that are kept for ages",
        logGroup,
        { retentionInDays: 4000 },
        /retentionInDays is 4000, and has to be from 1/,
      ],
      [
        "user data of a template that is too long",
        template,
        { userData: Buffer.alloc(16_385, "x").toString("base64") },
        /UserData is 16385 bytes/,
      ],
      [
        "a tag that machines cannot read",
        template,
        { tagSpecifications: [{ resourceType: "volume", tags: { "cost centre": "1" } }] },
        /Tags\[0\]\.Key has to match/,
      ],
      [
        "a start that takes too long",
        hook,
        { heartbeatTimeout: 7201 },
        /HeartbeatTimeout is 7201, and has to be from 30/,
      ],
      [
        "more healthy machines than there are",
        fleet,
        { instanceMaintenancePolicy: { minHealthyPercentage: 101, maxHealthyPercentage: 200 } },
        /MinHealthyPercentage is 101, and has to be/,
      ],
      [
        "machines that live for a minute",
        fleet,
        { maxInstanceLifetime: 60 },
        /MaxInstanceLifetime is 60, and has to be/,
      ],
      [
        "a distribution that is described at length",
        distribution,
        { comment: "x".repeat(129) },
        /Comment is 129 characters, and has to be at most 128/,
      ],
      [
        "a path that CloudFront does not match",
        distribution,
        { orderedCacheBehaviors: [{ ...behaviour, pathPattern: "/v1(;)/*" }] },
        /CacheBehaviors\.Items\[0\]\.PathPattern has to match/,
      ],
      [
        "an origin that is waited for too long",
        distribution,
        { origins: [{ ...origin, customOriginConfig: { ...originConfig, originReadTimeout: 121 } }] },
        /OriginReadTimeout is 121, and has to be from 1 to 120/,
      ],
      [
        "an origin inside a network that is waited for too long",
        distribution,
        {
          origins: [
            {
              originId: "origin",
              domainName: "inner.example.com",
              vpcOriginConfig: { vpcOriginId: "vo_1", originReadTimeout: 121 },
            },
          ],
        },
        /VpcOriginConfig\.OriginReadTimeout is 121, and has to be from 1 to 120/,
      ],
      ["a rate that AWS does not measure", acl, { rules: [rateRule(9)] }, /RateBasedStatement\.Limit is 9, and has to/],
      [
        "a metric's name with a space",
        acl,
        { visibilityConfig: seen("all of it") },
        /MetricName is "all of it", and has/,
      ],
      [
        "logs of a web ACL in a group of another name",
        aclLogs,
        { logDestinationConfigs: ["arn:aws:logs:eu-central-1:111122223333:log-group:web"] },
        /LogDestinationConfigs\[0\] has to match/,
      ],
      [
        "a delivery source's name with a dot",
        deliverySource,
        { name: "www.example.com" },
        /name is "www\.example\.com", and has to match/,
      ],
      ["a volume that is too large", volume, { size: 65_537 }, /Size is 65537, and has to be from 1 to 65536/],
    ];

    // One run of the script for all: reading AWS's models takes most of its time.
    let faults: Map<string, Fault[]>;
    before(async () => {
      const calls = breakages.flatMap(([what, resource, breakage]) => {
        const broken = { ...resource, inputs: { ...resource.inputs, ...breakage } };
        return callsOf([
          { ...resource, urn: `good: ${what}` },
          { ...broken, urn: what },
        ]);
      });
      faults = new Map();
      for (const found of await walked(calls)) faults.set(found.urn, [...(faults.get(found.urn) ?? []), found]);
    });

    for (const [what, , , fault] of breakages) {
      it(`finds ${what}, and nothing where it is not`, () => {
        const found = faults.get(what) ?? [];
        assert.equal(faults.get(`good: ${what}`), undefined);
        assert.match(found.map(({ path: place, reason }) => `${place} ${reason}`).join("\n"), fault);
        assert.doesNotMatch(JSON.stringify(found), /xxxxx/);
      });
    }
  });
});
