import assert from "node:assert/strict";
import { PriceClass } from "../../../components/aws/cdn/cdn-args";
import { Delivery, SiteArgs, SiteShape } from "../../../components/aws/site-args";
import { Site } from "../../../components/aws/site";
import { cloudFrontHop } from "../../../components/host/hop";
import { HostPlan } from "../../../components/host/plan";
import { useOwnCache } from "./own-cache";
import { Account, all, isSecret, one, record, Recorded, Registered, valueOf } from "./recorded";
import { gitApp } from "./sample-place";

const type = {
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  certificate: "aws:acm/certificate:Certificate",
  command: "command:local:Command",
  distribution: "aws:cloudfront/distribution:Distribution",
  instance: "aws:ec2/instance:Instance",
  key: "tls:index/privateKey:PrivateKey",
  object: "aws:s3/bucketObjectv2:BucketObjectv2",
  parameter: "aws:ssm/parameter:Parameter",
  record: "aws:route53/record:Record",
  rule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
};

const list = "pl of com.amazonaws.global.cloudfront.origin-facing";
const fleet = { minimum: 2, maximum: 6 };

const answers: Account["answers"] = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["us-west-2b", "us-west-2a"] }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333" }),
};

describe("Site behind a distribution of CloudFront", function () {
  this.timeout(20_000);
  useOwnCache();

  const site = (args: Partial<SiteArgs> = {}): Promise<Recorded<Site>> =>
    record(() => new Site("web", { apps: [gitApp()], shape: SiteShape.ServerCdn, ...args }), { answers });
  const fleetSite = (args: Partial<SiteArgs> = {}): Promise<Recorded<Site>> =>
    site({ shape: SiteShape.FleetCdn, fleet, ...args });
  const mainFile = (recorded: Recorded<Site>): string => {
    const plan = JSON.parse(one(recorded, type.object, "web-plan").inputs.content as string) as HostPlan;
    return plan.files.find(({ path }) => path === "/etc/nginx/nginx.conf")!.content;
  };
  /** Who may connect where: group, port, and the list or the other group. */
  const admitted = (recorded: Recorded<Site>): unknown[] =>
    all(recorded, type.rule)
      .map(({ inputs }) => [
        inputs.securityGroupId,
        inputs.fromPort,
        inputs.prefixListId ?? inputs.referencedSecurityGroupId ?? inputs.cidrIpv4 ?? inputs.cidrIpv6,
      ])
      .sort();
  const origins = (recorded: Recorded<Site>): Record<string, unknown>[] =>
    one(recorded, type.distribution).inputs.origins as Record<string, unknown>[];
  const follows = ({ dependsOn, name }: Registered, ...needed: string[]): void => {
    for (const one of needed) assert.ok(dependsOn.includes(one), `${name} does not wait for ${one}`);
  };

  describe("that is one server", () => {
    it("lets nobody but CloudFront in, by TLS, and for challenges by plain HTTP", async () => {
      const recorded = await site();
      assert.deepEqual(admitted(recorded), [
        ["web-challenges-id", 80, list],
        ["web-id", 443, list],
      ]);
      const { inputs } = one(recorded, type.instance);
      assert.deepEqual(inputs.vpcSecurityGroupIds, ["web-id", "web-challenges-id"]);
    });

    it("leaves public ports of apps open at the server's own address", async () => {
      const recorded = await site({ apps: [gitApp({ listen: { publicPorts: [2525] } })] });
      assert.deepEqual(
        admitted(recorded).filter((rule) => (rule as unknown[])[1] === 2525),
        [
          ["web-id", 2525, "0.0.0.0/0"],
          ["web-id", 2525, "::/0"],
        ],
      );
    });

    it("asks the server by the name of its address, for challenges too, with a secret that Pulumi keeps", async () => {
      const recorded = await site();
      assert.deepEqual(
        origins(recorded).map(({ originId, domainName }) => [originId, domainName]),
        [
          ["origin", "ec2-203-0-113-7.example"],
          ["challenges", "ec2-203-0-113-7.example"],
        ],
      );
      const [{ value } = { value: "" }] = origins(recorded)[0]!.customHeaders as { value: unknown }[];
      assert.ok(isSecret(value));
      assert.deepEqual(
        all(recorded, type.key).map(({ name }) => name),
        ["web-origin-secret-1"],
      );
    });

    it("tells the server the secret by a parameter, and by nothing else", async () => {
      const recorded = await site({ originSecrets: { current: "hunter2-0123456789abcdef0123456789" } });
      const { inputs } = one(recorded, type.parameter, "web-origin-secrets");
      assert.equal(inputs.name, "/landfall/demo/test/web/proofs/x-landfall-origin-secret");
      assert.ok(isSecret(inputs.value));
      assert.deepEqual(all(recorded, type.key), []);
      for (const { name, inputs: told } of recorded.resources) {
        const shown = JSON.stringify(told, (_, value: unknown) => (isSecret(value) ? "[secret]" : value));
        assert.doesNotMatch(shown, /hunter2/, name);
      }
    });

    it("keeps the secret before for as long as it is not raised again", async () => {
      const recorded = await site({ cdn: { secretGeneration: 3 } });
      assert.deepEqual(
        all(recorded, type.key)
          .map(({ name }) => name)
          .sort(),
        ["web-origin-secret-2", "web-origin-secret-3"],
      );
    });

    it("has nginx believe what has the secret, and no address", async () => {
      const main = mainFile(await site());
      assert.doesNotMatch(main, /set_real_ip_from/);
      assert.match(main, /map \$proven_by_x_landfall_origin_secret:\$http_x_amz_cf_id /);
      assert.match(main, /map \$proven_by_x_landfall_origin_secret:\$http_x_forwarded_for \$client_address/);
    });

    it("leads names to the distribution once the server is well, and tells the server after that", async () => {
      const recorded = await site();
      const distribution = one(recorded, type.distribution);
      follows(distribution, `${type.command}::web-apply`);
      const records = all(recorded, type.record).filter(({ name }) => /-(?:a|aaaa)$/.test(name));
      assert.equal(records.length, 2);
      for (const { inputs } of records)
        assert.deepEqual(inputs.aliases, [
          { name: "web.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false },
        ]);
      follows(one(recorded, type.command, "web-names"), ...records.map(({ name }) => `${type.record}::${name}`));
      follows(one(recorded, type.command, "web-certificates"), `${type.command}::web-names`);
    });

    it("has the server ask for certificates whatever its plan is, so that another plan asks nothing", async () => {
      const { environment } = one(await site(), type.command, "web-certificates").inputs as {
        environment: Record<string, string>;
      };
      assert.deepEqual(Object.keys(JSON.parse(environment.LANDFALL_SPEC!) as object).sort(), ["instance", "region"]);
      assert.equal(environment.LANDFALL_DOMAINS, "docs.example.com");
    });

    it("shows clients a certificate of us-east-1", async () => {
      const recorded = await site();
      assert.equal(one(recorded, type.certificate).inputs.region, "us-east-1");
      assert.equal(await valueOf(recorded.result.distributionId), "web-id");
    });

    it("does what is said of the distribution", async () => {
      const cdn = { priceClass: PriceClass.NorthAmericaAndEurope, tlsPolicy: "TLSv1.3_2025", answerSeconds: 60 };
      const { inputs } = one(await site({ cdn }), type.distribution);
      const [origin] = inputs.origins as { customOriginConfig: { originReadTimeout: number } }[];
      assert.deepEqual([inputs.priceClass, origin!.customOriginConfig.originReadTimeout], ["PriceClass_100", 60]);
    });
  });

  describe("that is a fleet", () => {
    it("lets nobody but CloudFront in at the balancer, and nobody but the balancer at the machines", async () => {
      assert.deepEqual(admitted(await fleetSite()), [
        ["web-balancer-id", 443, list],
        ["web-id", 443, "web-balancer-id"],
      ]);
    });

    it("asks the balancer, without challenges, once the machines are well", async () => {
      const recorded = await fleetSite();
      assert.deepEqual(
        origins(recorded).map(({ originId }) => originId),
        ["origin"],
      );
      const { dependsOn, propertyDependencies } = one(recorded, type.distribution);
      // A policy tells by it which certificate is used.
      assert.ok(!propertyDependencies.viewerCertificate!.includes(`${type.certificate}::web`));
      assert.ok(dependsOn.includes(`${type.command}::web-apply`));
      assert.ok(propertyDependencies.origins!.some((urn) => urn.startsWith(type.balancer)));
    });

    it("has certificates in the region of the balancer and in us-east-1, by one set of records", async () => {
      const recorded = await fleetSite();
      assert.deepEqual(
        all(recorded, type.certificate).map(({ inputs }) => inputs.region),
        [undefined, "us-east-1"],
      );
      const proofs = all(recorded, type.record).filter(({ name }) => name.endsWith("-validation"));
      assert.equal(proofs.length, 1);
    });

    it("has machines look past the balancer for the client, and wait for less long than CloudFront", async () => {
      const main = mainFile(await fleetSite());
      assert.match(main, /\{1\}\\s\*\$/);
      const plan = JSON.parse(one(await fleetSite(), type.object, "web-plan").inputs.content as string) as HostPlan;
      assert.match(plan.files.map(({ content }) => content).join("\n"), /proxy_read_timeout 25s;/);
    });
  });

  const said = async (args: Partial<SiteArgs>): Promise<string> => {
    const { resources, result } = await record(() => {
      try {
        new Site("web", { apps: [gitApp()], shape: SiteShape.ServerCdn, ...args });
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    });
    if (result)
      assert.deepEqual(
        resources.filter((resource) => resource.type.startsWith("aws:")),
        [],
      );
    return result;
  };

  it("says everything that is wrong at once, of its own arguments, before any resource is made", async () => {
    const waits = gitApp({ routes: [{ domain: "docs.example.com", readTimeoutSeconds: 70 }] });
    const message = await said({
      apps: [waits],
      delivery: Delivery.Inline,
      front: [cloudFrontHop({ provesItself: true })],
      originSecrets: { current: "short" },
      cdn: { answerSeconds: 0, tlsPolicy: "SSLv3", priceClass: "cheap" as PriceClass, secretGeneration: 0 },
    });
    for (const pattern of [
      /delivery +"inline" leaves the secret/,
      /front +is given, but the distribution is in front/,
      /cdn\.answerSeconds +0 /,
      /cdn\.tlsPolicy +"SSLv3" /,
      /cdn\.priceClass +"cheap" /,
      /cdn\.secretGeneration +0 is no whole number/,
      /originSecrets\.current +is no secret of 32/,
    ])
      assert.match(message, pattern);
    assert.doesNotMatch(message, /short/);
  });

  for (const [shape, more] of [
    [SiteShape.ServerCdn, {}],
    [SiteShape.FleetCdn, { fleet: { ...fleet, idleSeconds: 100 } }],
  ] as const)
    it(`says once that a route of a ${shape} waits for longer than CloudFront`, async () => {
      const apps = [gitApp({ routes: [{ domain: "docs.example.com", readTimeoutSeconds: 70 }] })];
      const message = await said({ apps, shape, ...more });
      assert.match(message, /has 1 problem:/);
      assert.match(message, /apps\[0\]\.routes\[0\]\.readTimeoutSeconds +70 .*set cdn\.answerSeconds above 70/);
    });

  it("says of what else a group has no room beside CloudFront's list", async () => {
    const ports = [2525, 2526, 2527, 2528, 2529, 2530];
    assert.match(
      await said({ apps: [gitApp({ listen: { publicPorts: ports } })] }),
      /apps +counts as 61 rules of IPv4/,
    );
    assert.equal(await said({ apps: [gitApp({ listen: { publicPorts: ports } })], rulesQuota: 61 }), "");
  });

  const refused: Record<string, [Partial<SiteArgs>, RegExp]> = {
    "a distribution of a shape without one": [
      { shape: SiteShape.Server, cdn: {} },
      /cdn +is said of a site that has none; set shape to "server-cdn"/,
    ],
    "a distribution of a fleet without one": [
      { shape: SiteShape.Fleet, fleet, cdn: {} },
      /cdn +is said of a site that has none; set shape to "fleet-cdn"/,
    ],
    "a fleet of which nothing is said": [{ shape: SiteShape.FleetCdn }, /has 1 problem[\s\S]*fleet +is missing/],
    "a generation of secrets that are not made here": [
      { cdn: { secretGeneration: 2 }, originSecrets: { current: "hunter2-0123456789abcdef0123456789" } },
      /cdn\.secretGeneration +2 is given beside originSecrets/,
    ],
    "apps that no name leads to": [{ apps: [gitApp({ routes: [] })] }, /apps +\[\] is empty/],
  };
  for (const [what, [args, message]] of Object.entries(refused))
    it(`refuses ${what}`, async () => assert.match(await said(args), message));
});
