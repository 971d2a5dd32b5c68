import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { awsProvider } from "../../../../toolchain/providers/aws/provider";
import { type PropertyMap, Secret, Unknown } from "../../../../toolchain/providers/property/value";
import { EngineStandIn } from "../engine-stand-in";

const permitted = {
  LANDFALL_SIMULATE: "1",
  PULUMI_BACKEND_URL: `file://${path.join(os.tmpdir(), "recorded")}`,
};
const tokens = {
  instance: "aws:ec2/instance:Instance",
  object: "aws:s3/bucketObjectv2:BucketObjectv2",
  parameter: "aws:ssm/parameter:Parameter",
  role: "aws:iam/role:Role",
  rule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  group: "aws:ec2/securityGroup:SecurityGroup",
};
const trust = { Statement: [{ Effect: "Allow" }], Version: "2012-10-17" };
const machine = { ami: "ami-1", instanceType: "t3.small" };

describe("the recording aws provider", () => {
  let engine: EngineStandIn;
  const start = async (env: NodeJS.ProcessEnv, region = "eu-central-1"): Promise<void> => {
    engine = await EngineStandIn.start(awsProvider(env));
    await engine.configure({ region });
  };
  beforeEach(() => start(permitted));
  afterEach(() => engine.stop());

  /** The inputs as they are after checking. */
  async function checked(type: string, inputs: PropertyMap, before?: PropertyMap, seed?: string): Promise<PropertyMap> {
    const { inputs: complete, failures } = await engine.check(type, inputs, before, seed);
    assert.deepEqual(failures, []);
    return complete;
  }

  async function preview(type: string, inputs: PropertyMap): Promise<PropertyMap> {
    return (await engine.create(type, await checked(type, inputs), { preview: true })).state;
  }

  async function changed(type: string, before: PropertyMap, after: PropertyMap) {
    const olds = await checked(type, before);
    return engine.diff(type, olds, await checked(type, after, olds), { olds });
  }

  it("says that it is a simulation", () => {
    assert.deepEqual(engine.log, [
      {
        severity: "warning",
        message: "aws is simulated here: nothing is looked up or made in AWS (docs/simulation.md)",
        urn: "",
        ephemeral: false,
      },
    ]);
  });

  it("needs a region, as the official one does", async () => {
    await assert.rejects(engine.configure({}), /^Error: aws:region {2}is missing/);
    await engine.stop();
    await start({ ...permitted, AWS_REGION: "eu-west-1" }, "");
    assert.equal((await preview(tokens.instance, machine))["region"], "eu-west-1");
  });

  it("knows at a preview what is given or follows from it, and nothing that AWS decides", async () => {
    const state = await preview(tokens.instance, { ...machine, tags: { Name: "web" } });
    assert.deepEqual(
      ["ami", "tagsAll", "region", "sourceDestCheck", "arn", "publicIp", "privateIp", "availabilityZone"].map(
        (name) => state[name],
      ),
      ["ami-1", { Name: "web" }, "eu-central-1", true, ...Array<unknown>(4).fill(Unknown.value)],
    );
  });

  it("does not make up what has no value: an instance without user data has none", async () => {
    assert.equal("userData" in (await preview(tokens.instance, machine)), false);
  });

  it("generates a name that a preview knows, and that another run makes anew", async () => {
    const names = await Promise.all(
      ["one", "two"].map(
        async (seed) => (await checked(tokens.role, { assumeRolePolicy: trust }, undefined, seed))["name"],
      ),
    );
    for (const name of names) assert.match(String(name), /^thing-[0-9a-f]{7}$/);
    assert.notEqual(names[0], names[1]);
  });

  it("keeps a generated name of a resource that exists, and generates one when the program takes its own away", async () => {
    const before = await checked(tokens.role, { assumeRolePolicy: trust }, undefined, "first");
    assert.equal((await checked(tokens.role, { assumeRolePolicy: trust }, before, "second"))["name"], before["name"]);
    const own = await checked(tokens.role, { assumeRolePolicy: trust, name: "own" });
    assert.match(String((await checked(tokens.role, { assumeRolePolicy: trust }, own))["name"]), /^thing-/);
  });

  it("leaves the name to AWS where a prefix is given", async () => {
    const state = await preview(tokens.group, { namePrefix: "web-" });
    assert.equal(state["name"], Unknown.value);
  });

  it("refuses a name that is too long, and does not cut it", async () => {
    const { failures } = await engine.check(tokens.role, { assumeRolePolicy: trust, name: "x".repeat(65) });
    assert.deepEqual(failures, [`name is "${"x".repeat(65)}", of 65 characters; at most 64 are possible`]);
  });

  it("notes which inputs were filled in", async () => {
    const { __defaults: filledIn } = await checked(tokens.role, { assumeRolePolicy: trust, path: "/own/" });
    assert.deepEqual(filledIn, ["name", "forceDetachPolicies", "maxSessionDuration"]);
  });

  it("writes a policy that is given as an object as a text, and as unknown where a part of it is", async () => {
    assert.equal((await checked(tokens.role, { assumeRolePolicy: trust }))["assumeRolePolicy"], JSON.stringify(trust));
    const later = await checked(tokens.role, { assumeRolePolicy: { ...trust, Id: Unknown.value } });
    assert.equal(later["assumeRolePolicy"], Unknown.value);
  });

  it("takes two texts of one policy for the same", async () => {
    const spaced = JSON.stringify(trust, null, 2);
    assert.equal(
      (await changed(tokens.role, { assumeRolePolicy: trust }, { assumeRolePolicy: spaced })).changes,
      false,
    );
  });

  it("takes a set in another order for the same, and sees another member", async () => {
    const groups = (...vpcSecurityGroupIds: string[]): PropertyMap => ({ ...machine, vpcSecurityGroupIds });
    assert.equal((await changed(tokens.instance, groups("a", "b"), groups("b", "a"))).changes, false);
    assert.equal((await changed(tokens.instance, groups("a", "b"), groups("b", "c"))).changes, true);
  });

  it("takes the provider's region for the same whether it is named or not, and sees another one", async () => {
    const named = (region: string): PropertyMap => ({ ...machine, region });
    assert.equal((await changed(tokens.instance, machine, named("eu-central-1"))).changes, false);
    assert.equal((await changed(tokens.instance, named("eu-central-1"), machine)).changes, false);
    assert.equal((await changed(tokens.instance, machine, named("eu-west-1"))).changes, true);
  });

  it("leaves as it is what AWS has a value for anyway and the program no longer sets", async () => {
    assert.equal((await changed(tokens.instance, { ...machine, keyName: "k" }, machine)).changes, false);
  });

  it("replaces an instance for another image, and updates it for another size of the same architecture", async () => {
    assert.deepEqual((await changed(tokens.instance, machine, { ...machine, ami: "ami-2" })).replaces, ["ami"]);
    const larger = await changed(tokens.instance, machine, { ...machine, instanceType: "m7i.large" });
    assert.deepEqual([larger.changes, larger.replaces], [true, []]);
    const arm = await changed(tokens.instance, machine, { ...machine, instanceType: "m7gd.large" });
    assert.deepEqual(arm.replaces, ["instanceType"]);
  });

  it("replaces an instance for other user data only where the program wants it", async () => {
    const withData = (userData: string, userDataReplaceOnChange: boolean): PropertyMap => ({
      ...machine,
      userData,
      userDataReplaceOnChange,
    });
    assert.deepEqual((await changed(tokens.instance, withData("a", false), withData("b", false))).replaces, []);
    assert.deepEqual((await changed(tokens.instance, withData("a", true), withData("b", true))).replaces, ["userData"]);
  });

  it("updates a rule for another range, and replaces it for another kind of peer", async () => {
    const rule = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    const from = { ...rule, cidrIpv4: "10.0.0.0/8" };
    assert.deepEqual((await changed(tokens.rule, from, { ...rule, cidrIpv4: "10.1.0.0/16" })).replaces, []);
    const { replaces } = await changed(tokens.rule, from, { ...rule, cidrIpv6: "::/0" });
    assert.deepEqual(replaces, ["cidrIpv4", "cidrIpv6"]);
  });

  it("deletes first where the program named the resource, and makes first where the name was generated", async () => {
    const own = { assumeRolePolicy: trust, name: "own" };
    assert.equal((await changed(tokens.role, own, { ...own, path: "/other/" })).deletesFirst, true);
    const generated = { assumeRolePolicy: trust };
    assert.equal((await changed(tokens.role, generated, { ...generated, path: "/other/" })).deletesFirst, false);
  });

  it("does not know at a preview what a change makes anew", async () => {
    const inputs = { bucket: "b", key: "k", content: "one" };
    const { state } = await engine.make(tokens.object, inputs);
    const other = await engine.update(tokens.object, state, { ...inputs, content: "two" }, { preview: true });
    assert.deepEqual([other["versionId"], other["etag"], other["arn"]], [Unknown.value, Unknown.value, state["arn"]]);
    const tagged = await engine.update(tokens.object, state, { ...inputs, tags: { a: "b" } }, { preview: true });
    assert.deepEqual([tagged["versionId"], tagged["tagsAll"]], [state["versionId"], { a: "b" }]);
  });

  it("keeps the value of a parameter secret, though nobody marked it", async () => {
    const { state } = await engine.make(tokens.parameter, { name: "/a", type: "SecureString", value: "hunter2" });
    assert.deepEqual(state["value"], new Secret("hunter2"));
    const updated = await engine.update(tokens.parameter, state, {
      name: "/a",
      type: "SecureString",
      value: "hunter3",
    });
    assert.deepEqual([updated["value"], updated["version"]], [new Secret("hunter3"), 2]);
  });

  it("puts what AWS computes beside what was given, in objects too", async () => {
    const { state } = await engine.make(tokens.instance, { ...machine, rootBlockDevice: { volumeSize: 30 } });
    const root = state["rootBlockDevice"] as PropertyMap;
    assert.equal(root["volumeSize"], 30);
    assert.match(String(root["volumeId"]), /^vol-0[0-9a-f]{16}$/);
  });

  it("gives an instance as many IPv6 addresses as it asks for, of those that lead nowhere", async () => {
    const { state } = await engine.make(tokens.instance, { ...machine, ipv6AddressCount: 2 });
    const addresses = state["ipv6Addresses"] as string[];
    assert.equal(addresses.length, 2);
    for (const address of addresses) assert.match(address, /^2001:db8::[0-9a-f]{1,4}$/);
  });

  it("finds what the official one finds before it calls AWS", async () => {
    const failures = async (type: string, inputs: PropertyMap): Promise<string[]> =>
      (await engine.check(type, inputs)).failures;
    const rule = { securityGroupId: "sg-1", ipProtocol: "tcp" };
    assert.match(
      (await failures(tokens.rule, rule)).join(),
      /exactly one of cidrIpv4, .* has to be given, and none is/,
    );
    assert.deepEqual(await failures(tokens.instance, {}), ["ami is missing", "instanceType is missing"]);
    assert.match(
      (await failures(tokens.instance, { ...machine, imds: 1 })).join(),
      /^imds is not known; known are ami,/,
    );
    const nested = await failures(tokens.instance, { ...machine, metadataOptions: { httpToken: "required" } });
    assert.match(nested.join(), /^metadataOptions\.httpToken is not known; known are httpEndpoint,/);
  });

  it("names a type that it has no table for", async () => {
    await assert.rejects(
      engine.check("aws:sqs/queue:Queue", {}),
      /^Error: this stand-in for the aws provider has no resource aws:sqs\/queue:Queue; it has aws:\w+\/\w+:\w+,/,
    );
  });

  it("names a function that it does not answer", async () => {
    await assert.rejects(engine.invoke("aws:ec2/getAmi:getAmi", {}), /has no function aws:ec2\/getAmi:getAmi; it has/);
  });

  it("answers with a parameter's value as a secret, and with what is no secret beside it", async () => {
    const name = "/aws/service/debian/release/12/latest/amd64";
    const { value, insecureValue, region } = await engine.invoke("aws:ssm/getParameter:getParameter", { name });
    assert.deepEqual([value, region], [new Secret(insecureValue as string), "eu-central-1"]);
  });

  it("makes, changes, reads and deletes nothing where that is not permitted, and says why once", async () => {
    await engine.stop();
    await start({});
    const inputs = await checked(tokens.role, { assumeRolePolicy: trust });
    await assert.rejects(engine.create(tokens.role, inputs), /makes nothing in AWS, so it only previews/);
    const short = { message: "not made: aws is simulated here" };
    await assert.rejects(engine.update(tokens.role, inputs, inputs), short);
    await assert.rejects(engine.read(tokens.role, "id", inputs), short);
    await assert.rejects(engine.delete(tokens.role, inputs), short);
  });

  it("is made of nothing that reaches a network or starts a program", () => {
    const folder = path.resolve(__dirname, "../../../../toolchain/providers/aws");
    const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const sources = files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")).join("\n");
    const modules = new Set(
      [...sources.matchAll(/(?:from|require\(|import\() ?"([^."][^"]*)"/g)].map(([, name]) => name),
    );
    assert.deepEqual([...modules].sort(), ["node:crypto", "node:fs", "node:os", "node:path"]);
    assert.doesNotMatch(sources, /\bfetch\(/);
  });

  it("previews where nothing is permitted", async () => {
    await engine.stop();
    await start({});
    assert.equal((await preview(tokens.role, { assumeRolePolicy: trust }))["arn"], Unknown.value);
  });
});
