import assert from "node:assert/strict";
import fc from "fast-check";
import { problemText } from "../../../../components/app/problem";
import { AcmCertificateArgs, KeyAlgorithm } from "../../../../components/aws/certificate/certificate-args";
import { planCertificate, validatedName } from "../../../../components/aws/certificate/plan-certificate";
import { makeCertificate } from "../../host/tls/test-certificates";

const domains = ["example.com", "*.example.com", "www.example.org"];
const plan = (args: Partial<AcmCertificateArgs> = {}): ReturnType<typeof planCertificate> =>
  planCertificate({ domains, ...args }, new Date());
const said = (args: Partial<AcmCertificateArgs>): string[] =>
  plan(args).problems.map((problem) => `${problem.path}: ${problemText(problem)}`);

describe("planCertificate", () => {
  it("has the first domain as the main name, and one validation record for a name and its wildcard", () => {
    assert.deepEqual(plan(), {
      main: "example.com",
      others: ["*.example.com", "www.example.org"],
      validated: ["example.com", "www.example.org"],
      regions: [undefined],
      problems: [],
    });
  });

  it("has the provider's region first where others are beside it", () => {
    assert.deepEqual(plan({ alsoIn: ["us-east-1"] }).regions, [undefined, "us-east-1"]);
    assert.deepEqual(said({ alsoIn: ["us-east-1"], regions: ["eu-central-1"] }), [
      'alsoIn: ["us-east-1"] is given beside regions, which are all there are; add them to regions',
    ]);
  });

  it("has as many validation records as there are names without their asterisks, whatever the order", () => {
    const label = fc.constantFrom("a", "b", "c");
    const name = fc.tuple(fc.boolean(), label).map(([wild, one]) => `${wild ? "*." : ""}${one}.example.com`);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (all) => {
        const { validated, problems } = plan({ domains: all });
        assert.deepEqual(problems, []);
        assert.deepEqual(new Set(validated), new Set(all.map(validatedName)));
        assert.equal(new Set(validated).size, validated.length);
      }),
    );
  });

  it("names every domain that cannot be in a certificate", () => {
    const wrong = ["a.*.example.com", "*.*.example.com", "WWW.example.com", "localhost", "example.com", "example.com"];
    assert.deepEqual(said({ domains: wrong }), [
      'domains[0]: "a.*.example.com" has an asterisk that is not its whole first part; use "*.…" once',
      'domains[1]: "*.*.example.com" has an asterisk that is not its whole first part; use "*.…" once',
      'domains[2]: "WWW.example.com" has capital letters; write it as "www.example.com"',
      'domains[3]: "localhost" is no public name; use a full one',
      'domains[5]: "example.com" is there twice; leave one of them out',
    ]);
    assert.deepEqual(said({ domains: [] }), ["domains: [] is empty; give the host names that the certificate is for"]);
  });

  it("keeps to ACM's lengths: 64 characters of the main name, 100 names", () => {
    const long = `${"a".repeat(53)}.example.com`;
    assert.deepEqual(said({ domains: [long.slice(1)] }), []);
    assert.deepEqual(said({ domains: ["example.com", long] }), []);
    assert.deepEqual(said({ domains: [long] }), [
      `domains[0]: "${long}" has 65 characters, too many for a main name; put a domain of at most 64 characters first`,
    ]);
    const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `a${index}.example.com`);
    assert.deepEqual(said({ domains: many(100) }), []);
    assert.deepEqual(said({ domains: many(101) }), [
      "domains: has 101 names; ACM puts 100 into one certificate at most; make two",
    ]);
  });

  it("refuses a domain outside the zone that is given, and a zone that nothing is put into", () => {
    const outside = [
      'domains[2]: "www.example.org" does not lie in the zone "example.com"; leave out the zone and let it be found',
    ];
    assert.deepEqual(said({ zone: { name: "example.com" } }), outside);
    assert.deepEqual(said({ domains: ["example.com"], zone: { name: "example.com" }, manual: true }), [
      'zone: "example.com" is given, but no record is made; leave out manual, or the zone',
    ]);
  });

  it("refuses regions, times and keys that there are not, all at once", () => {
    const wrong = { regions: ["virginia", "eu-central-1", "eu-central-1"], validationTimeoutMinutes: 0.5 };
    assert.deepEqual(said({ ...wrong, keyAlgorithm: "RSA_1024" as KeyAlgorithm }), [
      'regions[0]: "virginia" is not a region of AWS; write it like "eu-central-1"',
      'regions[2]: "eu-central-1" is there twice; leave one of them out',
      "validationTimeoutMinutes: 0.5 is not a time to wait; use whole minutes from 1 to 4320",
      'keyAlgorithm: "RSA_1024" is no kind of key that ACM makes for public certificates; use EC_prime256v1, EC_secp384r1, RSA_2048',
    ]);
    assert.deepEqual(said({ regions: [] }), [
      "regions: [] is empty; name a region, or leave it out for the provider's",
    ]);
    assert.deepEqual(said({ regions: ["us-gov-west-1", "cn-north-1", "us-east-1"] }), []);
  });

  it("wants a topic in each region, and no others", () => {
    const regions = ["eu-central-1", "us-east-1"];
    const topicArn = "arn:aws:sns:eu-central-1:111122223333:ops";
    const otherTopicArns = { "us-east-1": "arn:aws:sns:us-east-1:111122223333:ops" };
    assert.deepEqual(said({ regions, expiryAlarm: { topicArn, otherTopicArns } }), []);
    assert.deepEqual(said({ expiryAlarm: { topicArn } }), []);
    assert.deepEqual(said({ regions, expiryAlarm: { topicArn, daysLeft: 0 } }), [
      "expiryAlarm.daysLeft: 0 is not a number of days; use a whole number from 1",
      "expiryAlarm.otherTopicArns: names no topic in us-east-1; add one there: an alarm tells only topics of its own region",
    ]);
    assert.deepEqual(said({ expiryAlarm: { topicArn, otherTopicArns } }), [
      'expiryAlarm.otherTopicArns["us-east-1"]: is for a region without another certificate; leave it out',
    ]);
  });

  it("checks a certificate that is imported, and refuses what is about others", async () => {
    const { certificate, privateKey } = await makeCertificate({ subject: "example.com", names: ["example.com"] });
    const other = await makeCertificate({ subject: "example.com", names: ["example.com"] });
    const importPem = { certificate, privateKey };
    assert.deepEqual(plan({ domains: ["example.com"], importPem }).problems, []);
    assert.deepEqual(plan({ domains: ["example.com"], importPem }).validated, []);
    assert.deepEqual(
      said({ importPem: { certificate, privateKey: other.privateKey }, manual: true, validationTimeoutMinutes: 5 }),
      [
        "importPem.certificate: is not for *.example.com, www.example.org; it is for example.com",
        "importPem.privateKey: is not the key of the certificate; give the key that the certificate was asked for with",
        "manual: is about certificates that ACM issues, and this one is imported; leave it out",
        "validationTimeoutMinutes: is about certificates that ACM issues, and this one is imported; leave it out",
      ],
    );
  });
});
