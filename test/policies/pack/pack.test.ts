import assert from "node:assert/strict";
import { Diagnostic, GivenResource, RunningPack } from "./running-pack";

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";

const urnOf = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;

function resource(type: string, name: string, properties: Record<string, unknown>, more: Partial<GivenResource> = {}) {
  return { urn: urnOf(type, name), type, name, properties, ...more };
}

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const instanceType = "aws:ec2/instance:Instance";

const group = resource(groupType, "web", { name: "web", id: unknownText });

/** A rule of the group that lets the world in. */
const ingress = (name: string, port: unknown): GivenResource =>
  resource(
    ingressType,
    name,
    { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: port, toPort: port, securityGroupId: unknownText },
    { dependencies: [group.urn], propertyDependencies: { securityGroupId: [group.urn] } },
  );

const waiver = {
  finding: "net-no-admin-world",
  resource: "ssh",
  reason: "The bastion is replaced by Session Manager in March",
  owner: "ops@example.com",
  expires: "2999-12-31",
};

describe("the policy pack, spoken to as the engine does", function () {
  this.timeout(20_000);
  let pack: RunningPack;

  before(async () => {
    pack = await RunningPack.start();
  });

  after(() => pack.stop());

  beforeEach(() => pack.configure("checklist", {}));

  /** What is said under a policy's name. */
  const about = (policy: string, diagnostics: readonly Diagnostic[]): Diagnostic[] =>
    diagnostics.filter((diagnostic) => diagnostic.policy === policy);

  it("offers a policy for the stack and one for each rule that puts right", async () => {
    const { name, version, policiesList } = await pack.info();
    assert.equal(name, "landfall");
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(
      policiesList.map((policy) => policy.name),
      ["checklist", "tls-redirect", "tls-policy", "cf-viewer-https", "vm-imdsv2"],
    );
  });

  it("stops what fails, under the name of the rule, at the resource", async () => {
    const found = about("net-no-admin-world", await pack.analyzeStack([group, ingress("ssh", 22)]));
    assert.deepEqual(
      found.map(({ level, severity, urn }) => ({ level, severity, urn })),
      [{ level: "MANDATORY", severity: "CRITICAL", urn: urnOf(ingressType, "ssh") }],
    );
    assert.match(found[0]!.message, /22/);
  });

  it("says nothing about what passes", async () => {
    assert.deepEqual(about("net-no-admin-world", await pack.analyzeStack([group, ingress("https", 443)])), []);
  });

  it("finds a fault beside something that is not known yet, and warns of the latter once", async () => {
    const stack = [group, ingress("later", unknownText), ingress("ssh", 22), ingress("other", unknownText)];
    const said = await pack.analyzeStack(stack);
    assert.equal(about("net-no-admin-world", said).length, 1);
    const [open, ...others] = about("checklist", said);
    assert.deepEqual(others, []);
    assert.equal(open!.level, "ADVISORY");
    assert.match(open!.message, /cannot be decided yet/);
    assert.match(open!.message, /net-no-admin-world.*later/);
  });

  it("only warns where the configuration says so", async () => {
    await pack.configure("checklist", { levels: { "net-no-admin-world": "advisory" } });
    const [found] = about("net-no-admin-world", await pack.analyzeStack([group, ingress("ssh", 22)]));
    assert.equal(found!.level, "ADVISORY");
  });

  it("only warns at all when its own level is advisory", async () => {
    await pack.configure("checklist", {}, "ADVISORY");
    const said = await pack.analyzeStack([group, ingress("ssh", 22)]);
    assert.deepEqual([...new Set(said.map(({ level }) => level))], ["ADVISORY"]);
  });

  it("leaves a rule alone that is disabled", async () => {
    await pack.configure("checklist", { levels: { "net-no-admin-world": "disabled" } });
    assert.deepEqual(about("net-no-admin-world", await pack.analyzeStack([group, ingress("ssh", 22)])), []);
  });

  it("takes waivers", async () => {
    await pack.configure("checklist", { waivers: [waiver] });
    assert.deepEqual(about("net-no-admin-world", await pack.analyzeStack([group, ingress("ssh", 22)])), []);
  });

  it("stops for waivers that have expired or that nothing needs", async () => {
    await pack.configure("checklist", {
      waivers: [
        { ...waiver, expires: "2020-01-01" },
        { ...waiver, resource: "old" },
      ],
    });
    const said = await pack.analyzeStack([group, ingress("ssh", 22)]);
    assert.equal(about("net-no-admin-world", said).length, 1);
    assert.equal(about("waiver-expired", said)[0]!.level, "MANDATORY");
    assert.equal(about("waiver-unused", said)[0]!.level, "MANDATORY");
  });

  it("lists all that is wrong with its configuration in one error, in place of findings", async () => {
    await pack.configure("checklist", {
      levels: { "net-no-admin-wrld": "advisory" },
      waivers: [{ ...waiver, reason: "short" }],
    });
    const [said, ...others] = await pack.analyzeStack([group, ingress("ssh", 22)]);
    assert.deepEqual(others, []);
    assert.equal(said!.policy, "checklist");
    assert.equal(said!.level, "MANDATORY");
    assert.match(said!.message, /has 2 problems/);
    assert.match(said!.message, /did you mean "net-no-admin-world"/);
    assert.match(said!.message, /waivers\[0\]\.reason +"short" has fewer than 20 characters/);
  });

  it("reads assets and archives", async () => {
    const plan = { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: '{"format": 1}' };
    const archive = { [signature]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "./app.tar.gz" };
    const stack = [
      resource("aws:s3/bucketObjectv2:BucketObjectv2", "plan", { source: plan }),
      resource("aws:s3/bucketObjectv2:BucketObjectv2", "code", { source: archive }),
      group,
      ingress("ssh", 22),
    ];
    assert.equal(about("net-no-admin-world", await pack.analyzeStack(stack)).length, 1);
  });

  it("repeats no secret of a resource", async () => {
    const secret = {
      [signature]: "1b47061264138c4ac30d75fd1eb44270",
      value: "#!/bin/sh\nexport PASSWORD=hunter2-hunter2\n",
    };
    const said = await pack.analyzeStack([resource(instanceType, "web", { userData: secret })]);
    assert.ok(said.length > 0);
    assert.doesNotMatch(JSON.stringify(said), /hunter2/);
  });

  describe("putting right", () => {
    const options = { httpTokens: "required", httpPutResponseHopLimit: 1 };

    /** What becomes of an instance. */
    const remediated = async (properties: Record<string, unknown>): Promise<Record<string, unknown>> =>
      pack.remediate(resource(instanceType, "web", properties));

    beforeEach(() => pack.configure("vm-imdsv2", {}, "REMEDIATE"));

    it("asks for tokens, and leaves all else as it is, unknown values and secrets too", async () => {
      const userData = { [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "#cloud-config" };
      const given = { ami: unknownText, userData, metadataOptions: { httpTokens: "optional" } };
      assert.deepEqual(await remediated(given), {
        "vm-imdsv2": { ami: unknownText, userData, metadataOptions: options },
      });
    });

    it("adds what is missing", async () => {
      assert.deepEqual(await remediated({ ami: "ami-1" }), { "vm-imdsv2": { ami: "ami-1", metadataOptions: options } });
    });

    it("changes nothing that is right, and no other resource", async () => {
      assert.deepEqual(await remediated({ metadataOptions: options }), {});
      assert.deepEqual(await pack.remediate(group), {});
    });

    it("changes nothing when the configuration only asks for a report", async () => {
      await pack.configure("vm-imdsv2", {}, "MANDATORY");
      assert.deepEqual(await remediated({ ami: "ami-1" }), {});
    });
  });
});
