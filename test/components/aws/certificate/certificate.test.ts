import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../../../../components/aws/certificate/certificate";
import { AcmCertificateArgs, ImportPemArgs } from "../../../../components/aws/certificate/certificate-args";
import { all, isSecret, one, record, Recorded, Registered, valueOf } from "../recorded";
import { Holder, makeCertificate } from "../../host/tls/test-certificates";

const certificateType = "aws:acm/certificate:Certificate";
const validationType = "aws:acm/certificateValidation:CertificateValidation";
const recordType = "aws:route53/record:Record";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const checkType = "command:local:Command";

const domains = ["example.com", "*.example.com", "www.eu.example.com"];
const zones = [
  { zoneId: "Z1", name: "example.com", privateZone: false },
  { zoneId: "Z2", name: "eu.example.com", privateZone: false },
];
const two = ["eu-central-1", "us-east-1"];

const certificate = (args: Partial<AcmCertificateArgs> = {}): Promise<Recorded<Certificate>> =>
  record(() => new Certificate("web", { domains, ...args }), { zones });

/** The resources of a type by their names: which of them is announced first is by chance. */
const sorted = (recorded: Recorded<unknown>, type: string): Registered[] =>
  all(recorded, type).sort((a, b) => (a.name < b.name ? -1 : 1));

const inputs = (resources: Registered[]): [string, Record<string, unknown>][] =>
  resources.map((resource) => [resource.name, resource.inputs]);

const proofOf = (name: string, zoneId: string): object => ({
  zoneId,
  name: `_1.${name}.`,
  type: "CNAME",
  ttl: 300,
  records: [`_2.${name}.acm-validations.aws.`],
});

describe("Certificate", () => {
  it("asks for one certificate on an elliptic curve, validated by DNS", async () => {
    assert.deepEqual(inputs(all(await certificate(), certificateType)), [
      [
        "web",
        {
          domainName: "example.com",
          subjectAlternativeNames: ["*.example.com", "www.eu.example.com"],
          validationMethod: "DNS",
          keyAlgorithm: "EC_prime256v1",
          tags: { Name: "web" },
        },
      ],
    ]);
  });

  it("makes one record for a name and its wildcard, each in the zone with the longest name", async () => {
    assert.deepEqual(inputs(sorted(await certificate(), recordType)), [
      ["web-example.com-validation", proofOf("example.com", "Z1")],
      ["web-www.eu.example.com-validation", proofOf("www.eu.example.com", "Z2")],
    ]);
  });

  it("is there once ACM has issued it, which is waited for when public DNS has been asked", async () => {
    const recorded = await certificate({ validationTimeoutMinutes: 20 });
    const validation = one(recorded, validationType, "web");
    assert.deepEqual(validation.inputs, {
      certificateArn: "arn of web",
      validationRecordFqdns: ["_1.example.com", "_1.www.eu.example.com"],
    });
    assert.ok(validation.dependsOn.includes(`${checkType}::web-dns`), validation.dependsOn.join());
    assert.equal(validation.createTimeout, "20m");
    assert.equal(await valueOf(recorded.result.arn), "arn of web");
    assert.deepEqual(await valueOf(recorded.result.arns), { "us-west-2": "arn of web" });
    assert.equal(await valueOf(recorded.result.zoneFile), "");
  });

  it("waits 15 minutes unless told otherwise", async () => {
    assert.equal(one(await certificate(), validationType).createTimeout, "15m");
  });

  it("asks public DNS for the zones' own name servers, in the same words on every computer", async () => {
    const check = one(await certificate(), checkType);
    assert.equal(check.name, "web-dns");
    assert.equal(check.inputs.create, "check");
    assert.ok(!JSON.stringify(check.inputs).includes(process.cwd()));
    const { LANDFALL_SPEC: spec = "" } = check.inputs.environment as Record<string, string>;
    const zone = (name: string): object => ({ name, nameServers: [`ns-1.${name}`, `ns-2.${name}`] });
    assert.deepEqual(JSON.parse(spec), { domains, zones: [zone("eu.example.com"), zone("example.com")], zoneFile: "" });
  });

  it("has one certificate for each region, and one set of records for them all", async () => {
    const recorded = await certificate({ regions: two });
    assert.deepEqual(
      sorted(recorded, certificateType).map((each) => [each.name, each.inputs.region]),
      [
        ["web-eu-central-1", "eu-central-1"],
        ["web-us-east-1", "us-east-1"],
      ],
    );
    assert.deepEqual(
      sorted(recorded, recordType).map(({ name }) => name),
      ["web-example.com-validation", "web-www.eu.example.com-validation"],
    );
    assert.deepEqual(
      sorted(recorded, validationType).map((each) => [each.name, each.inputs.region, each.inputs.certificateArn]),
      [
        ["web-eu-central-1", "eu-central-1", "arn of web-eu-central-1"],
        ["web-us-east-1", "us-east-1", "arn of web-us-east-1"],
      ],
    );
    assert.deepEqual(await valueOf(recorded.result.arns), {
      "eu-central-1": "arn of web-eu-central-1",
      "us-east-1": "arn of web-us-east-1",
    });
    assert.equal(await valueOf(recorded.result.arn), "arn of web-eu-central-1");
  });

  it("keeps the certificate that was there when its region is named", async () => {
    const recorded = await certificate({ regions: two });
    for (const type of [certificateType, validationType]) {
      assert.deepEqual(
        sorted(recorded, type).map(({ aliases }) => aliases),
        [["web"], []],
      );
    }
  });

  it("makes no record by hand of others, but tells what to create, and waits", async () => {
    const recorded = await certificate({ manual: true });
    assert.deepEqual(all(recorded, recordType), []);
    assert.deepEqual(recorded.calls, []);
    assert.deepEqual(one(recorded, validationType).inputs, { certificateArn: "arn of web" });
    const file = await valueOf(recorded.result.zoneFile);
    assert.equal(
      file,
      `; They prove to AWS Certificate Manager whose the domains are. They have to stay: each renewal looks for them.
_1.example.com. 300 IN CNAME _2.example.com.acm-validations.aws.
_1.www.eu.example.com. 300 IN CNAME _2.www.eu.example.com.acm-validations.aws.
`,
    );
    const { environment } = one(recorded, checkType).inputs as { environment: Record<string, string> };
    assert.deepEqual(JSON.parse(environment.LANDFALL_SPEC!), { domains, zones: [], zoneFile: file });
  });

  it("tells somebody 30 days before it expires, in each region by a topic of its own", async () => {
    const expiryAlarm = { topicArn: "here", otherTopicArns: { "us-east-1": "there" } };
    const alarms = sorted(await certificate({ regions: two, expiryAlarm }), alarmType);
    assert.deepEqual(
      alarms.map(({ name, inputs: { region, alarmActions, dimensions } }) => [name, region, alarmActions, dimensions]),
      [
        ["web-eu-central-1-expiry", "eu-central-1", ["here"], { CertificateArn: "arn of web-eu-central-1" }],
        ["web-us-east-1-expiry", "us-east-1", ["there"], { CertificateArn: "arn of web-us-east-1" }],
      ],
    );
    const { namespace, metricName, threshold, comparisonOperator, period, statistic } = alarms[0]!.inputs;
    assert.deepEqual([namespace, metricName, statistic], ["AWS/CertificateManager", "DaysToExpiry", "Minimum"]);
    assert.deepEqual([comparisonOperator, threshold, period], ["LessThanOrEqualToThreshold", 30, 86_400]);
  });

  it("refuses all that is wrong before anything is made", async () => {
    await assert.rejects(certificate({ domains: ["localhost", "example.com."], regions: [] }), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      const paths = error.errors?.map(({ propertyPath }) => propertyPath);
      assert.deepEqual(paths, ["domains[0]", "domains[1]", "regions"]);
      return true;
    });
  });

  describe("of another authority", () => {
    let shop: Holder;
    let other: Holder;
    before(async () => {
      shop = await makeCertificate({ subject: "example.com", names: ["example.com"] });
      other = await makeCertificate({ subject: "example.com", names: ["example.com"] });
    });
    const imported = (privateKey: pulumi.Input<string>): Promise<Recorded<Certificate>> =>
      certificate({ domains: ["example.com"], importPem: { certificate: shop.certificate, privateKey } });

    it("is imported with its key as a secret, and neither validated nor waited for", async () => {
      const recorded = await imported(shop.privateKey);
      const { privateKey, ...rest } = one(recorded, certificateType).inputs;
      assert.ok(isSecret(privateKey));
      assert.deepEqual(rest, { certificateBody: shop.certificate, tags: { Name: "web" } });
      const { importPem } = one(recorded, "landfall:index:Certificate").inputs as { importPem: ImportPemArgs };
      assert.ok(isSecret(importPem.privateKey));
      for (const type of [recordType, validationType, checkType]) assert.deepEqual(all(recorded, type), []);
      assert.equal(await valueOf(recorded.result.arn), "arn of web");
    });

    it("is refused with the key of another, which is not repeated", async () => {
      await assert.rejects(imported(other.privateKey), (error: unknown) => {
        assert.match(String(error), /importPem\.privateKey {2}is not the key of the certificate/);
        assert.ok(!String(error).includes(other.privateKey.split("\n")[1]!));
        return true;
      });
    });
  });
});
