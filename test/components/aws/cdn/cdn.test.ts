import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Cdn } from "../../../../components/aws/cdn/cdn";
import { CdnArgs, PriceClass } from "../../../../components/aws/cdn/cdn-args";
import { tlsOnly } from "../bucket-policy";
import { gitApp } from "../sample-place";
import { all, isSecret, one, record, Recorded, valueOf } from "../recorded";
import { sampleCdn } from "./sample-cdn";

const type = {
  distribution: "aws:cloudfront/distribution:Distribution",
  policy: "aws:cloudfront/cachePolicy:CachePolicy",
};

const made = (more: Partial<CdnArgs> = {}): Promise<Recorded<Cdn>> => record(() => new Cdn("web", sampleCdn(more)));
const distributionOf = async (more: Partial<CdnArgs> = {}): Promise<Record<string, unknown>> =>
  one(await made(more), type.distribution).inputs;

const passedOn = {
  targetOriginId: "origin",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
  cachedMethods: ["GET", "HEAD"],
  cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  compress: false,
};

describe("Cdn", () => {
  it("passes on what apps answer, keeps what files are, and remembers no error", async () => {
    assert.deepEqual(await distributionOf({ tags: { team: "web" } }), {
      comment: "Cdn web",
      enabled: true,
      aliases: ["www.example.com"],
      origins: [
        {
          originId: "origin",
          domainName: "origin.example.com",
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
            originReadTimeout: 30,
            originKeepaliveTimeout: 5,
          },
        },
      ],
      orderedCacheBehaviors: [
        {
          ...passedOn,
          pathPattern: "/docs/*",
          allowedMethods: ["GET", "HEAD", "OPTIONS"],
          cachePolicyId: "web-files-id",
          compress: true,
        },
      ],
      defaultCacheBehavior: passedOn,
      customErrorResponses: [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((errorCode) => ({
        errorCode,
        errorCachingMinTtl: 0,
      })),
      viewerCertificate: {
        acmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: "PriceClass_All",
      restrictions: { geoRestriction: { restrictionType: "none" } },
      waitForDeployment: true,
      tags: { Name: "web", team: "web" },
    });
  });

  it("keeps files by domain and for as long as nginx says, never what says nothing", async () => {
    assert.deepEqual(one(await made(), type.policy).inputs, {
      comment: "Files, as long as nginx says, by domain",
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: 31_536_000,
      parametersInCacheKeyAndForwardedToOrigin: {
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Host"] } },
        cookiesConfig: { cookieBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      },
    });
  });

  it("keeps what apps answer apart for each cookie and query, for as long as they say, and lets every method through", async () => {
    const recorded = await made({
      apps: [gitApp({ routes: [{ domain: "www.example.com", freshness: { seconds: 60 } }] })],
    });
    const {
      minTtl,
      defaultTtl,
      parametersInCacheKeyAndForwardedToOrigin: key,
    } = one(recorded, type.policy).inputs as Record<string, Record<string, unknown>>;
    assert.deepEqual([minTtl, defaultTtl], [0, 0]);
    assert.deepEqual(key!["cookiesConfig"], { cookieBehavior: "all" });
    assert.deepEqual(key!["queryStringsConfig"], { queryStringBehavior: "all" });
    const { defaultCacheBehavior } = one(recorded, type.distribution).inputs as {
      defaultCacheBehavior: Record<string, unknown>;
    };
    assert.equal(defaultCacheBehavior["cachePolicyId"], "web-answers-id");
    assert.ok((defaultCacheBehavior["allowedMethods"] as string[]).includes("POST"));
  });

  it("has no policy for files where there are none", async () =>
    assert.deepEqual(all(await made({ apps: [gitApp()] }), type.policy), []));

  it("lets challenges through by plain HTTP, before everything else, where the host asks an authority", async () => {
    const { origins, orderedCacheBehaviors } = await distributionOf({
      origin: { domainName: "origin.example.com", challenges: true },
    });
    const protocols = (origins as { originId: string; customOriginConfig: { originProtocolPolicy: string } }[]).map(
      ({ originId, customOriginConfig }) => [originId, customOriginConfig.originProtocolPolicy],
    );
    assert.deepEqual(protocols, [
      ["origin", "https-only"],
      ["challenges", "http-only"],
    ]);
    assert.deepEqual((orderedCacheBehaviors as unknown[])[0], {
      ...passedOn,
      pathPattern: "/.well-known/acme-challenge/*",
      targetOriginId: "challenges",
      viewerProtocolPolicy: "allow-all",
      allowedMethods: ["GET", "HEAD", "OPTIONS"],
    });
  });

  it("does what is said of times, TLS, places and error pages", async () => {
    const { origins, viewerCertificate, priceClass, customErrorResponses } = await distributionOf({
      origin: { domainName: "origin.example.com", answerSeconds: 90, keepSeconds: 60 },
      tlsPolicy: "TLSv1.3_2025",
      priceClass: PriceClass.NorthAmericaAndEurope,
      errorPages: [{ status: 503, path: "/errors/503.html", cachedSeconds: 5 }],
    });
    const [{ customOriginConfig }] = origins as [{ customOriginConfig: Record<string, unknown> }];
    assert.equal(customOriginConfig.originReadTimeout, 90);
    assert.equal(customOriginConfig.originKeepaliveTimeout, 60);
    assert.equal((viewerCertificate as Record<string, unknown>).minimumProtocolVersion, "TLSv1.3_2025");
    assert.equal(priceClass, "PriceClass_100");
    const page = { errorCode: 503, errorCachingMinTtl: 5, responseCode: 503, responsePagePath: "/errors/503.html" };
    assert.deepEqual(
      (customErrorResponses as { errorCode: number }[]).find(({ errorCode }) => errorCode === 503),
      page,
    );
  });

  it("proves itself to the origin over TLS, with the current secret alone, and Pulumi keeps all of them secret", async () => {
    const secrets = { current: "hunter2-0123456789abcdef0123456789", previous: "hunter1-0123456789abcdef0123456789" };
    const recorded = await made({ origin: { domainName: "origin.example.com", challenges: true, secrets } });
    const { inputs } = one(recorded, type.distribution);
    const [own, challenges] = inputs.origins as [{ customHeaders: { name: string; value: unknown }[] }, object];
    assert.deepEqual(
      own.customHeaders.map(({ name }) => name),
      ["X-Landfall-Origin-Secret"],
    );
    assert.ok(isSecret(own.customHeaders[0]?.value));
    assert.ok(!("customHeaders" in challenges));
    assert.doesNotMatch(JSON.stringify(inputs), /hunter1/);
    const component = one(recorded, "landfall:index:Cdn").inputs as { origin: { secrets: unknown } };
    assert.ok(isSecret(component.origin.secrets));
  });

  describe("an origin inside a network", () => {
    const vpcOrigin = "aws:cloudfront/vpcOrigin:VpcOrigin";
    const balancer = (name: string): string =>
      `arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/${name}/0123456789abcdef`;
    const inside = (name = "web", more: object = {}) => ({
      origin: { domainName: "internal-web-1.eu-central-1.elb.amazonaws.com", vpc: { arn: balancer(name) }, ...more },
    });
    const endpointOf = (recorded: Recorded<Cdn>): Record<string, unknown> =>
      one(recorded, vpcOrigin).inputs.vpcOriginEndpointConfig as Record<string, unknown>;

    it("is asked there by TLS, and never over the internet", async () => {
      const recorded = await made(inside("web", { answerSeconds: 60 }));
      assert.deepEqual(endpointOf(recorded), {
        name: endpointOf(recorded).name,
        arn: balancer("web"),
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
      });
      assert.deepEqual(one(recorded, type.distribution).inputs.origins, [
        {
          originId: "origin",
          domainName: "internal-web-1.eu-central-1.elb.amazonaws.com",
          vpcOriginConfig: { vpcOriginId: "web-id", originReadTimeout: 60, originKeepaliveTimeout: 5 },
        },
      ]);
    });

    it("has another name when it leads elsewhere: there is a new one before the old one goes", async () => {
      const [first, second] = [endpointOf(await made(inside("one"))), endpointOf(await made(inside("two")))];
      assert.match(String(first.name), /^web-[0-9a-f]{12}$/);
      assert.notEqual(first.name, second.name);
    });

    it("still proves itself where asked to", async () => {
      const secrets = { current: "hunter2-0123456789abcdef0123456789" };
      const [origin] = one(await made(inside("web", { secrets })), type.distribution).inputs.origins as [
        { customHeaders: { value: unknown }[] },
      ];
      assert.ok(isSecret(origin.customHeaders[0]?.value));
    });
  });

  it("holds requests against a web ACL where there is one", async () => {
    const webAclArn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/web/0b0b4d1c";
    assert.equal((await distributionOf({ webAclArn: pulumi.output(webAclArn) })).webAclId, webAclArn);
    assert.equal((await distributionOf()).webAclId, undefined);
  });

  describe("access logs", () => {
    const logged = {
      bucket: "aws:s3/bucket:Bucket",
      source: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
      destination: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
      delivery: "aws:cloudwatch/logDelivery:LogDelivery",
    };

    it("are delivered from us-east-1 to a bucket of their own, unless told otherwise", async () => {
      const recorded = await made({ tags: { team: "web" } });
      const [region, tags] = ["us-east-1", { team: "web" }];
      assert.deepEqual(one(recorded, logged.source).inputs, {
        region,
        tags,
        logType: "ACCESS_LOGS",
        resourceArn: "web-arn",
      });
      assert.deepEqual(one(recorded, logged.destination).inputs, {
        region,
        tags,
        outputFormat: "w3c",
        deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::web-logs-0123456" },
      });
      assert.deepEqual(one(recorded, logged.delivery).inputs, {
        region,
        tags,
        deliverySourceName: "web-logs-0123456",
        deliveryDestinationArn: "arn of web-logs",
      });
    });

    it("may be written by deliveries of this account, by TLS, before there is one, and go after 90 days", async () => {
      const recorded = await made();
      const { policy } = one(recorded, "aws:s3/bucketPolicy:BucketPolicy").inputs;
      assert.deepEqual(JSON.parse(policy as string), {
        Version: "2012-10-17",
        Statement: [
          tlsOnly("web-logs-0123456"),
          {
            Sid: "DistributionLogs",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::web-logs-0123456/AWSLogs/111122223333/*",
            Condition: {
              StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": "111122223333" },
              ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:111122223333:delivery-source:*" },
            },
          },
        ],
      });
      assert.ok(one(recorded, logged.destination).dependsOn.includes("aws:s3/bucketPolicy:BucketPolicy::web-logs"));
      const lifecycle = one(recorded, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
      assert.deepEqual((lifecycle.inputs.rules as { expiration: unknown }[])[0]?.expiration, { days: 90 });
    });

    it("leave a delivery before there is another, since a source has one to S3", async () =>
      assert.equal(one(await made(), logged.delivery).deleteBeforeReplace, true));

    it("go into a bucket that is there already, or nowhere", async () => {
      const given = await made({ accessLogs: { bucketName: "example-logs" } });
      const { deliveryDestinationConfiguration } = one(given, logged.destination).inputs;
      assert.deepEqual(deliveryDestinationConfiguration, { destinationResourceArn: "arn:aws:s3:::example-logs" });
      assert.deepEqual(all(given, logged.bucket), []);
      const none = await made({ accessLogs: { enabled: false } });
      for (const kind of Object.values(logged)) assert.deepEqual(all(none, kind), []);
    });

    it("are kept from deletion with the distribution", async () => {
      const { protect, inputs } = one(await made({ protection: true }), logged.bucket);
      assert.deepEqual([protect, inputs.forceDestroy], [true, false]);
    });
  });

  describe("what is kept", () => {
    const step = "command:local:Command";

    it("is forgotten with another release, by a program of our own", async () => {
      const { name, inputs } = one(await made({ releases: pulumi.output("one") }), step);
      assert.equal(name, "web-invalidation");
      assert.equal(inputs.create, "invalidate");
      assert.match((inputs.interpreter as string[]).at(-1)!, /components\/aws\/cdn\/invalidation\/cli\.ts$/);
      assert.deepEqual(inputs.environment, {
        LANDFALL_SPEC: '{"distribution":"web-id"}',
        LANDFALL_RELEASES: "one",
      });
    });

    it("is nothing where there are no files, so nothing is forgotten", async () =>
      assert.deepEqual(all(await made({ apps: [gitApp()], releases: "one" }), step), []));

    it("is kept for as long as nginx says where nothing is said of releases", async () =>
      assert.deepEqual(all(await made(), step), []));
  });

  it("knows where CloudFront connects from", async () => {
    const { result } = await made();
    assert.equal(await valueOf(result.prefixListId), "pl of com.amazonaws.global.cloudfront.origin-facing");
  });

  it("is kept from deletion by choice", async () => {
    assert.equal(one(await made({ protection: true }), type.distribution).protect, true);
    assert.equal(one(await made(), type.distribution).protect, false);
  });

  it("says where it is", async () => {
    const { result } = await made();
    const told = pulumi.all([result.domainName, result.zoneId, result.distributionId, result.arn]);
    assert.deepEqual(await valueOf(told), ["web.cloudfront.net", "Z2FDTNDATAQYW2", "web-id", "web-arn"]);
  });

  it("says everything that is wrong, before there is any resource", async () => {
    const wrong = { tlsPolicy: "SSLv3", origin: { domainName: "www.example.com", keepSeconds: 0 } };
    await assert.rejects(made(wrong), (error: Error) => {
      assert.match(error.message, /^landfall:index:Cdn 'web' has 3 problems:/);
      return true;
    });
  });
});
