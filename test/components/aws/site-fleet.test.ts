import assert from "node:assert/strict";
import { Delivery, SiteArgs, SiteShape } from "../../../components/aws/site-args";
import { Site } from "../../../components/aws/site";
import { sha256 } from "../../../components/host/digest";
import { HostPlan } from "../../../components/host/plan";
import { useOwnCache } from "./own-cache";
import { Account, all, isSecret, one, record, Recorded, valueOf } from "./recorded";
import { gitApp } from "./sample-place";

const type = {
  command: "command:local:Command",
  group: "aws:autoscaling/group:Group",
  instance: "aws:ec2/instance:Instance",
  listener: "aws:lb/listener:Listener",
  object: "aws:s3/bucketObjectv2:BucketObjectv2",
  policy: "aws:autoscaling/policy:Policy",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  parameter: "aws:ssm/parameter:Parameter",
  redis: "aws:elasticache/replicationGroup:ReplicationGroup",
  record: "aws:route53/record:Record",
  rule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  subnet: "aws:ec2/subnet:Subnet",
};

const shop = gitApp({ name: "shop", routes: [{ domain: "www.example.com" }] });
const fleet = { minimum: 2, maximum: 6 };

const answers: Account["answers"] = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
    names: ["us-west-2c", "us-west-2-lax-1a", "us-west-2b", "us-west-2a"],
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333" }),
};

describe("Site with the shape of a fleet", function () {
  this.timeout(20_000);
  useOwnCache();

  const site = (args: Partial<SiteArgs> = {}): Promise<Recorded<Site>> =>
    record(() => new Site("web", { apps: [gitApp(), shop], shape: SiteShape.Fleet, fleet, ...args }), { answers });
  const planOf = (recorded: Recorded<Site>): string => one(recorded, type.object, "web-plan").inputs.content as string;

  it("has machines in each public subnet, with a target group for each app, and no server", async () => {
    const recorded = await site();
    const { inputs } = one(recorded, type.group);
    assert.deepEqual(
      [inputs.minSize, inputs.maxSize, inputs.vpcZoneIdentifiers, inputs.targetGroupArns],
      [2, 6, ["web-public-a-id", "web-public-b-id"], ["web-docs-arn", "web-shop-arn"]],
    );
    assert.deepEqual(all(recorded, type.instance), []);
  });

  it("tells its machines of the plan that it has published, one after the other", async () => {
    const recorded = await site();
    const { environment } = one(recorded, type.command, "web-apply").inputs as { environment: Record<string, string> };
    const spec = JSON.parse(environment.LANDFALL_SPEC!) as Record<string, string>;
    assert.equal(spec.plan, sha256(planOf(recorded)));
    assert.equal(spec.instance, undefined);
    assert.ok(spec.group);
  });

  it("has its machines read a plan of their own, so that a server whose place it takes is not told of it", async () => {
    const recorded = await site();
    assert.equal(one(recorded, type.object, "web-current").inputs.key, "fleet/current.json");
    const policy = one(recorded, "aws:iam/rolePolicy:RolePolicy", "web-reads").inputs.policy as string;
    assert.match(policy, /:s3:::[\w-]+\/fleet\/\*"/);
  });

  it("is watched with its balancer, and its machines write into the groups that a server would", async () => {
    const monitoring = { notify: { email: "ops@example.com" } };
    const recorded = await site({ monitoring });
    assert.deepEqual(
      all(recorded, "aws:cloudwatch/metricAlarm:MetricAlarm")
        .map(({ name }) => name)
        .filter((name) => name.startsWith("web-"))
        .sort(),
      ["web-cpu", "web-errors", "web-memory", "web-root-disk", "web-unhealthy-1", "web-unhealthy-2"],
    );
    const groups = (of: Recorded<Site>): unknown[] =>
      all(of, "aws:cloudwatch/logGroup:LogGroup")
        .map(({ name, inputs }) => [name, inputs.name])
        .filter(([name]) => (name as string).startsWith("web-log-"));
    const server = await site({ monitoring, shape: SiteShape.Server, fleet: undefined });
    assert.equal(groups(recorded).length, 4);
    assert.deepEqual(groups(recorded), groups(server));
  });

  it("has its machines believe the balancer's subnets, and get no certificates by themselves", async () => {
    const plan = JSON.parse(planOf(await site())) as HostPlan;
    const main = plan.files.find(({ path }) => path === "/etc/nginx/nginx.conf")!.content;
    const cidrs = all(await site(), type.subnet)
      .filter(({ name }) => name.startsWith("web-public-"))
      .map(({ inputs }) => inputs.cidrBlock as string);
    assert.equal(cidrs.length, 2);
    for (const cidr of cidrs) assert.ok(main.includes(`set_real_ip_from ${cidr};`), cidr);
    assert.equal(plan.acme, undefined);
    assert.ok(!plan.packages.includes("certbot"));
  });

  it("lets nobody but the balancer in at the machines", async () => {
    const recorded = await site();
    const toMachines = all(recorded, type.rule).filter(({ inputs }) => inputs.securityGroupId === "web-id");
    assert.deepEqual(
      toMachines.map(({ name, inputs }) => [name, inputs.fromPort, inputs.referencedSecurityGroupId]),
      [["web-to-web", 443, "web-balancer-id"]],
    );
  });

  it("leads all domains to the balancer by IPv4 and IPv6 names, once the machines are healthy", async () => {
    const recorded = await site();
    const records = all(recorded, type.record).filter(({ name }) => /-(?:a|aaaa)$/.test(name));
    assert.deepEqual(records.map(({ name }) => name).sort(), [
      "web-docs.example.com-a",
      "web-docs.example.com-aaaa",
      "web-www.example.com-a",
      "web-www.example.com-aaaa",
    ]);
    for (const { dependsOn } of records)
      assert.ok(
        dependsOn.some((urn) => urn.includes("autoscaling/group")),
        "fleet",
      );
    const { result } = recorded;
    assert.deepEqual(
      (await valueOf(result.urls)).map(({ url }) => url),
      ["https://docs.example.com/", "https://www.example.com/"],
    );
    assert.equal(await valueOf(result.address), "");
  });

  it("ends TLS with a certificate of ACM for all domains", async () => {
    const recorded = await site();
    const { inputs } = one(recorded, "aws:acm/certificate:Certificate");
    assert.deepEqual([inputs.domainName, inputs.subjectAlternativeNames], ["docs.example.com", ["www.example.com"]]);
    assert.ok(one(recorded, type.listener, "web-https").inputs.certificateArn);
  });

  it("aims for what it is told", async () => {
    const recorded = await site({ fleet: { ...fleet, cpuPercent: 50, requests: { app: "shop", perTarget: 1000 } } });
    assert.deepEqual(
      all(recorded, type.policy)
        .map(({ name }) => name)
        .sort(),
      ["web-cpu", "web-requests"],
    );
  });

  describe("whose apps share files", () => {
    const album = gitApp({ name: "album", routes: [{ domain: "album.example.com" }], sharedData: ["uploads"] });
    const sharing = (args: Partial<SiteArgs> = {}): Promise<Recorded<Site>> => site({ apps: [shop, album], ...args });

    it("has one file system for all of them, in the private subnets of all zones", async () => {
      const other = { ...album, name: "blog", routes: [{ domain: "blog.example.com" }] };
      const recorded = await sharing({ apps: [shop, album, other], fleet: { ...fleet, files: { backups: false } } });
      assert.equal(one(recorded, "aws:efs/fileSystem:FileSystem").name, "web-files");
      assert.deepEqual(
        all(recorded, "aws:efs/mountTarget:MountTarget").map(({ inputs }) => inputs.subnetId),
        ["web-private-a-id", "web-private-b-id"],
      );
      const { backupPolicy } = one(recorded, "aws:efs/backupPolicy:BackupPolicy").inputs;
      assert.deepEqual(backupPolicy, { status: "DISABLED" });
    });

    it("hands its name to the machines as a parameter, before the first of them starts", async () => {
      const recorded = await sharing();
      const { inputs } = one(recorded, type.parameter, "web-files");
      assert.deepEqual([inputs.name, inputs.type], ["/landfall/demo/test/web/files/endpoint", "String"]);
      assert.match(JSON.stringify(inputs.value), /"fs-web-files\.efs\.us-west-2\.amazonaws\.com"/);
      assert.ok(one(recorded, type.group).dependsOn.some((urn) => urn.endsWith("Parameter::web-files")));
    });

    it("mounts it on the machines, and shows the app its folder there", async () => {
      const plan = JSON.parse(planOf(await sharing())) as HostPlan;
      assert.equal(plan.tunnel?.parameter, "files/endpoint");
      const unit = plan.files.find(({ path }) => path.endsWith("/app-album.service"))!.content;
      assert.match(unit, /^BindPaths=\/var\/lib\/landfall\/shared\/album\/uploads:/m);
    });

    it("lets the machines go there and nowhere else on that port, and nobody else in", async () => {
      const recorded = await sharing();
      const onPort = (kind: string): unknown[] =>
        all(recorded, kind)
          .filter(({ inputs }) => inputs.fromPort === 2049)
          .map(({ inputs }) => [inputs.securityGroupId, inputs.referencedSecurityGroupId]);
      assert.deepEqual(onPort(type.egress), [["web-id", "web-files-id"]]);
      assert.deepEqual(onPort(type.rule), [["web-files-id", "web-id"]]);
    });

    it("has none where no app shares any", async () =>
      assert.deepEqual(all(await site(), "aws:efs/fileSystem:FileSystem"), []));

    const refused: [string, Partial<SiteArgs>, RegExp][] = [
      [
        "a time that EFS cannot wait",
        { fleet: { ...fleet, files: { seldomReadDays: 31 } } },
        /fleet\.files\.seldomReadDays +31 is no/,
      ],
      [
        "files that no app shares",
        { apps: [shop], fleet: { ...fleet, files: {} } },
        /fleet\.files +is said, and no app/,
      ],
      [
        "data that is not said to be shared",
        { apps: [shop, { ...album, data: ["cache"] }] },
        /apps\[1\]\.data .*name it in sharedData/,
      ],
      ["more rules than there may be, with the way there", { rulesQuota: 2 }, /egress +counts as 3 rules/],
    ];
    for (const [what, args, said] of refused)
      it(`refuses ${what}`, async () => {
        await record(() =>
          assert.throws(
            () => new Site("web", { apps: [shop, album], shape: SiteShape.Fleet, fleet, ...args }),
            (error: Error) => {
              const lines = error.message.split("\n").slice(1);
              assert.deepEqual(
                lines.filter((line) => line.trim() !== "" && !said.test(line)),
                [],
              );
              assert.match(error.message, said);
              return true;
            },
          ),
        );
      });
  });

  describe("whose apps ask for a Redis", () => {
    const desk = gitApp({ name: "desk", routes: [{ domain: "desk.example.com" }], redis: { whenFull: "allkeys-lru" } });
    const withRedis = (args: Partial<SiteArgs> = {}): Promise<Recorded<Site>> => site({ apps: [shop, desk], ...args });

    it("has one of ElastiCache for each, in the private subnets of all zones", async () => {
      const recorded = await withRedis({ fleet: { ...fleet, redis: { nodeType: "cache.t4g.small", nodes: 3 } } });
      const { name, inputs } = one(recorded, type.redis);
      assert.deepEqual([name, inputs.nodeType, inputs.numCacheClusters], ["web-desk", "cache.t4g.small", 3]);
      const subnets = one(recorded, "aws:elasticache/subnetGroup:SubnetGroup").inputs.subnetIds;
      assert.deepEqual(subnets, ["web-private-a-id", "web-private-b-id"]);
      const { parameters } = one(recorded, "aws:elasticache/parameterGroup:ParameterGroup").inputs;
      assert.deepEqual(parameters, [{ name: "maxmemory-policy", value: "allkeys-lru" }]);
    });

    it("hands its address to the machines as a secret parameter, before the first of them starts", async () => {
      const recorded = await withRedis();
      const { inputs } = one(recorded, type.parameter, "web-desk/redis-url");
      assert.deepEqual([inputs.name, inputs.type], ["/landfall/demo/test/web/secrets/desk/redis-url", "SecureString"]);
      assert.ok(isSecret(inputs.value));
      assert.ok(one(recorded, type.group).dependsOn.some((urn) => urn.endsWith("::web-desk/redis-url")));
    });

    it("runs none on the machines, and plans the secret in place of it", async () => {
      const plan = JSON.parse(planOf(await withRedis())) as HostPlan;
      assert.deepEqual(
        plan.packages.filter((name) => /redis|valkey/.test(name)),
        [],
      );
      assert.deepEqual(
        plan.secrets.map(({ app, parameter, generate }) => [app, parameter, generate]),
        [["desk", "secrets/desk/redis-url", false]],
      );
      const unit = plan.files.find(({ path }) => path.endsWith("/app-desk.service"))!.content;
      assert.match(unit, /with-credentials REDIS_URL=redis-url -- /);
    });

    it("lets the machines go there and nowhere else on that port, and nobody else in", async () => {
      const recorded = await withRedis();
      const onPort = (kind: string): unknown[] =>
        all(recorded, kind)
          .filter(({ inputs }) => inputs.fromPort === 6379)
          .map(({ inputs }) => [inputs.securityGroupId, inputs.referencedSecurityGroupId]);
      assert.deepEqual(onPort(type.egress), [["web-id", "web-desk-id"]]);
      assert.deepEqual(onPort(type.rule), [["web-desk-id", "web-id"]]);
    });

    const refused: [string, Partial<SiteArgs>, RegExp][] = [
      [
        "more rules of the machines' group than there may be, with the way to each Redis",
        { rulesQuota: 2 },
        /egress +counts as 3 rules of IPv[46] \(networks 2, groups 1\), and the quota is 2/,
      ],
      [
        "nodes with less memory than an app asks for",
        { apps: [shop, { ...desk, redis: { memoryMiB: 400 } }] },
        /fleet\.redis\.nodeType +"cache\.t4g\.micro" can keep 384 MiB, and 400 are asked for; take a larger one/,
      ],
      [
        "nodes of a family that it does not know",
        { fleet: { ...fleet, redis: { nodeType: "cache.z1d.large" } } },
        /fleet\.redis\.nodeType +"cache\.z1d\.large" is of a family/,
      ],
      [
        "nodes that no app asks for",
        { apps: [shop], fleet: { ...fleet, redis: {} } },
        /fleet\.redis +is said, and no app asks for a Redis/,
      ],
      [
        "a variable that is none",
        { apps: [shop, { ...desk, redis: { environment: "1" } }] },
        /apps\[1\]\.redis\.environment +"1" is not the name of a variable/,
      ],
    ];
    for (const [what, args, said] of refused) {
      it(`refuses ${what}`, async () => {
        await record(() =>
          assert.throws(
            () => new Site("web", { apps: [shop, desk], shape: SiteShape.Fleet, fleet, ...args }),
            (error: Error) => {
              assert.match(error.message, said);
              const lines = error.message.split("\n").slice(1).filter(Boolean);
              assert.ok(
                lines.every((problem) => problem.trim() === "" || said.test(problem)),
                error.message,
              );
              return true;
            },
          ),
        );
      });
    }
  });

  it("lists everything that is wrong, said of its own arguments, before any resource is made", async () => {
    const data = gitApp({ data: ["uploads"], listen: { publicPorts: [2525] } });
    const { resources } = await record(() =>
      assert.throws(
        () =>
          new Site("web", {
            apps: [data, shop],
            shape: SiteShape.Fleet,
            fleet: {
              minimum: 3,
              maximum: 2,
              network: { zones: 1 },
              requests: { app: "shp", perTarget: 1 },
            },
            delivery: Delivery.Inline,
            dataGiB: 20,
          }),
        (error: Error) => {
          for (const path of [
            /fleet\.network\.zones +1 /,
            /fleet\.requests\.app +"shp" is no app with a route; did you mean "shop"/,
            /delivery .*has no place in a fleet/,
            /dataGiB .*has no place in a fleet/,
            /apps\[0\]\.listen\.publicPorts/,
          ])
            assert.match(error.message, path);
          return true;
        },
      ),
    );
    assert.deepEqual(
      resources.filter((resource) => resource.type.startsWith("aws:")),
      [],
    );
  });

  it("refuses what machines cannot share and what balancers and groups cannot have, each once", async () => {
    const data = gitApp({ data: ["uploads"] });
    const args = { apps: [data, shop], shape: SiteShape.Fleet };
    await record(() =>
      assert.throws(
        () => new Site("web", { ...args, fleet: { minimum: 3, maximum: 2, idleSeconds: 5000, startSeconds: 1 } }),
        (error: Error) => {
          assert.match(error.message, /has 4 problems/);
          for (const path of [/fleet\.maximum +2 /, /fleet\.idleSeconds +5000 /, /fleet\.startSeconds +1 /])
            assert.match(error.message, path);
          assert.match(error.message, /apps\[0\]\.data .*is on the disk of one machine/);
          return true;
        },
      ),
    );
  });

  it("refuses a fleet of which nothing is said, and machines that are said of a server", async () => {
    await record(() => {
      assert.throws(
        () => new Site("web", { apps: [shop], shape: SiteShape.Fleet }),
        /has 1 problem[\s\S]*fleet .*is missing/,
      );
      assert.throws(() => new Site("web", { apps: [shop], fleet }), /has 1 problem[\s\S]*fleet .*set shape to "fleet"/);
      assert.throws(
        () => new Site("web", { apps: [shop], shape: "flet" as SiteShape }),
        /shape +"flet" is no shape of a site; did you mean "fleet"/,
      );
    });
  });
});
