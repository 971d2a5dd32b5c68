import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancer } from "../../../../components/aws/load-balancer/load-balancer";
import { LoadBalancerArgs } from "../../../../components/aws/load-balancer/load-balancer-args";
import { tlsOnly } from "../bucket-policy";
import { gitApp } from "../sample-place";
import { all, isSecret, one, record, Recorded, valueOf } from "../recorded";
import { docs, login, sampleBalancer, shop } from "./sample-balancer";

const type = {
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  group: "aws:lb/targetGroup:TargetGroup",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  certificate: "aws:lb/listenerCertificate:ListenerCertificate",
  attachment: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  bucket: "aws:s3/bucket:Bucket",
};

const made = (more: Partial<LoadBalancerArgs> = {}): Promise<Recorded<LoadBalancer>> =>
  record(() => new LoadBalancer("web", sampleBalancer(more)));
const names = (recorded: Recorded<unknown>, of: string): string[] => all(recorded, of).map(({ name }) => name);

describe("LoadBalancer", () => {
  it("is public, careful with requests, and leaves Host and addresses to nginx as they are", async () => {
    assert.deepEqual(one(await made({ tags: { team: "web" } }), type.balancer).inputs, {
      loadBalancerType: "application",
      internal: false,
      ipAddressType: "ipv4",
      subnets: ["subnet-1", "subnet-2"],
      securityGroups: ["web-balancer-id"],
      idleTimeout: 60,
      enableHttp2: true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      preserveHostHeader: true,
      xffHeaderProcessingMode: "append",
      enableXffClientPort: false,
      enableDeletionProtection: false,
      tags: { Name: "web", team: "web" },
    });
  });

  it("speaks TLS to hosts, and asks each app for its health by itself", async () => {
    const { inputs } = one(await made(), type.group, "web-docs");
    assert.deepEqual(inputs, {
      vpcId: "vpc-1",
      targetType: "instance",
      port: 443,
      protocol: "HTTPS",
      protocolVersion: "HTTP1",
      deregistrationDelay: 60,
      slowStart: 0,
      stickiness: { type: "lb_cookie", enabled: false, cookieDuration: 86_400 },
      healthCheck: {
        protocol: "HTTPS",
        port: "traffic-port",
        path: "/.well-known/landfall/health/docs",
        matcher: "204",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      tags: { Name: "web-docs" },
    });
  });

  it("sends plain HTTP to TLS, and answers 404 where no rule matches", async () => {
    const recorded = await made();
    assert.deepEqual(one(recorded, type.listener, "web-http").inputs, {
      loadBalancerArn: "web-arn",
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        { type: "redirect", order: 1, redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
    });
    assert.deepEqual(one(recorded, type.listener, "web-https").inputs, {
      loadBalancerArn: "web-arn",
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/1",
      defaultActions: [
        {
          type: "fixed-response",
          order: 1,
          fixedResponse: { contentType: "text/plain", messageBody: "Not found\n", statusCode: "404" },
        },
      ],
    });
  });

  it("has a rule for each route, named by it", async () => {
    const recorded = await made();
    assert.deepEqual(names(recorded, type.rule), [
      "web-docs.example.com/",
      "web-www.example.com/",
      "web-www.example.com/chat/",
    ]);
    const { priority, ...inputs } = one(recorded, type.rule, "web-www.example.com/chat/").inputs;
    assert.ok(Number(priority) < Number(one(recorded, type.rule, "web-www.example.com/").inputs.priority));
    assert.deepEqual(inputs, {
      listenerArn: "web-https-arn",
      conditions: [{ hostHeader: { values: ["www.example.com"] } }, { pathPattern: { values: ["/chat", "/chat/*"] } }],
      actions: [{ type: "forward", order: 1, targetGroupArn: "web-shop-arn" }],
    });
  });

  it("touches no other rule when a route is added in front", async () => {
    const before = await made();
    const more = gitApp({ name: "more", routes: [{ domain: "www.example.com", path: "/chat/more/" }] });
    const after = await made({ apps: [more, docs, shop] });
    for (const { name, inputs } of all(before, type.rule)) assert.deepEqual(one(after, type.rule, name).inputs, inputs);
    assert.equal(all(after, type.rule).length, all(before, type.rule).length + 1);
  });

  it("lets clients in from everywhere, itself out to the hosts, and itself in there", async () => {
    const recorded = await made();
    assert.deepEqual(names(recorded, type.ingress).sort(), [
      "web-balancer-http-from-anywhere-ipv4",
      "web-balancer-http-from-anywhere-ipv6",
      "web-balancer-https-from-anywhere-ipv4",
      "web-balancer-https-from-anywhere-ipv6",
      "web-to-web",
    ]);
    const out = one(recorded, type.egress).inputs;
    assert.deepEqual([out.referencedSecurityGroupId, out.fromPort, out.toPort], ["sg-1", 443, 443]);
    assert.deepEqual(one(recorded, type.ingress, "web-to-web").inputs, {
      securityGroupId: "sg-1",
      referencedSecurityGroupId: "web-balancer-id",
      description: "https from balancer web",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  });

  it("attaches each machine to the group of each app, by their names", async () => {
    const targets = [
      { name: "b", instanceId: "i-2" },
      { name: "a", instanceId: pulumi.output(Promise.resolve("i-1")) },
    ];
    const recorded = await made({ targets });
    assert.deepEqual(names(recorded, type.attachment).sort(), ["web-docs-a", "web-docs-b", "web-shop-a", "web-shop-b"]);
    assert.deepEqual(one(recorded, type.attachment, "web-shop-a").inputs, {
      targetGroupArn: "web-shop-arn",
      targetId: "i-1",
    });
    assert.deepEqual(names(await made({ targets: undefined }), type.attachment), []);
  });

  it("has further certificates by the name of their domain, whatever their order", async () => {
    const recorded = await made({ furtherCertificateArns: { "*.example.org": "arn:2", "example.net": "arn:3" } });
    assert.deepEqual(
      all(recorded, type.certificate).map(({ name, inputs }) => [name, inputs]),
      [
        ["web-*.example.org", { listenerArn: "web-https-arn", certificateArn: "arn:2" }],
        ["web-example.net", { listenerArn: "web-https-arn", certificateArn: "arn:3" }],
      ],
    );
  });

  it("is internal, dual-stack, sticky, slow, strict and patient where asked", async () => {
    const recorded = await made({
      internal: true,
      ipv6: true,
      stickySeconds: 3600,
      slowStartSeconds: 60,
      desyncMitigation: "strictest",
      idleSeconds: 300,
      tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    });
    const { inputs } = one(recorded, type.balancer);
    assert.deepEqual(
      [inputs.internal, inputs.ipAddressType, inputs.desyncMitigationMode, inputs.idleTimeout],
      [true, "dualstack", "strictest", 300],
    );
    const group = one(recorded, type.group, "web-in-docs").inputs;
    assert.deepEqual(group.stickiness, { type: "lb_cookie", enabled: true, cookieDuration: 3600 });
    assert.equal(group.slowStart, 60);
    assert.equal(one(recorded, type.listener, "web-https").inputs.sslPolicy, "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09");
  });

  it("lets people log in before their requests are passed on, and keeps the secret secret", async () => {
    const recorded = await made({ login: { ...login, domains: ["docs.example.com"], sessionSeconds: 3600 } });
    const [authenticate, forward] = one(recorded, type.rule, "web-docs.example.com/").inputs.actions as [
      { order: number; authenticateOidc: Record<string, unknown> },
      object,
    ];
    const { clientSecret, ...oidc } = authenticate.authenticateOidc;
    assert.ok(isSecret(clientSecret));
    assert.equal(authenticate.order, 1);
    assert.deepEqual(oidc, {
      issuer: "https://login.example.com",
      authorizationEndpoint: "https://login.example.com/authorize",
      tokenEndpoint: "https://login.example.com/token",
      userInfoEndpoint: "https://login.example.com/userinfo",
      clientId: "landfall",
      scope: "openid",
      sessionTimeout: 3600,
      onUnauthenticatedRequest: "authenticate",
    });
    assert.deepEqual(forward, { type: "forward", order: 2, targetGroupArn: "web-docs-arn" });
    assert.equal((one(recorded, type.rule, "web-www.example.com/").inputs.actions as object[]).length, 1);
    const own = one(recorded, "landfall:index:LoadBalancer").inputs as { login: { clientSecret: unknown } };
    assert.ok(isSecret(own.login.clientSecret));
  });

  describe("access logs", () => {
    it("go into a bucket of their own, which is there before the balancer tries it", async () => {
      const recorded = await made({ accessLogs: { keepDays: 30 }, protection: true });
      const bucket = one(recorded, type.bucket);
      assert.deepEqual([bucket.name, bucket.protect, bucket.inputs], ["web-logs", true, { forceDestroy: false }]);
      const { inputs, dependsOn, protect } = one(recorded, type.balancer);
      assert.deepEqual(inputs.accessLogs, { bucket: "web-logs-0123456", enabled: true });
      assert.ok(dependsOn.includes("aws:s3/bucketPolicy:BucketPolicy::web-logs"));
      assert.deepEqual([protect, inputs.enableDeletionProtection], [true, true]);
    });

    it("can be written by balancers of this account, by TLS, encrypted by S3, and go after their time", async () => {
      const recorded = await made({ accessLogs: { keepDays: 30 } });
      const inputs = (of: string): Record<string, unknown> => one(recorded, `aws:s3/${of}`).inputs;
      assert.deepEqual(JSON.parse(inputs("bucketPolicy:BucketPolicy").policy as string), {
        Version: "2012-10-17",
        Statement: [
          tlsOnly("web-logs-0123456"),
          {
            Sid: "BalancerLogs",
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::web-logs-0123456/AWSLogs/111122223333/*",
          },
        ],
      });
      const encryption = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
      assert.deepEqual(inputs(encryption).rules, [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
      assert.deepEqual(inputs("bucketLifecycleConfiguration:BucketLifecycleConfiguration").rules, [
        {
          id: "old-logs",
          status: "Enabled",
          filter: {},
          expiration: { days: 30 },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ]);
    });

    it("go into a bucket that is there already, or nowhere", async () => {
      const given = await made({ accessLogs: { bucketName: "example-logs" } });
      assert.deepEqual(one(given, type.balancer).inputs.accessLogs, { bucket: "example-logs", enabled: true });
      assert.deepEqual(names(given, type.bucket), []);
      assert.deepEqual(names(await made(), type.bucket), []);
    });
  });

  describe("a web ACL", () => {
    const association = "aws:wafv2/webAclAssociation:WebAclAssociation";
    const acl = (scope: string): string => `arn:aws:wafv2:eu-central-1:111122223333:${scope}/webacl/web/0b0b4d1c`;

    it("is put before it where there is one", async () => {
      const recorded = await made({ webAclArn: acl("regional") });
      assert.deepEqual(one(recorded, association).inputs, { resourceArn: "web-arn", webAclArn: acl("regional") });
      assert.deepEqual(names(await made(), association), []);
    });

    it("is none for distributions", async () =>
      assert.rejects(made({ webAclArn: acl("global") }), /webAclArn {2}"[^"]+" is no web ACL for load balancers/));
  });

  it("says where it is reached, once it answers for every route", async () => {
    const { result } = await made();
    assert.equal(await valueOf(result.dnsName), "web.elb.amazonaws.com");
    assert.equal(await valueOf(result.zoneId), "Z9");
    assert.equal(await valueOf(result.groupId), "web-balancer-id");
    assert.deepEqual(await valueOf(result.targetGroupArns), { docs: "web-docs-arn", shop: "web-shop-arn" });
  });

  it("keeps names within AWS's limits, whatever it is called itself", async () => {
    const recorded = await record(() => new LoadBalancer("the-web.of-example.production", sampleBalancer()));
    for (const kind of [type.balancer, type.group]) {
      for (const name of names(recorded, kind)) assert.match(name, /^[A-Za-z0-9-]{1,24}$/);
    }
  });

  it("refuses with all problems, before any resource is made", async () => {
    await assert.rejects(made({ idleSeconds: 0, hosts: [] }), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.match(error.message, /^landfall:index:LoadBalancer 'web' has 2 problems:/);
      return true;
    });
  });
});
