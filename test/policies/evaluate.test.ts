import assert from "node:assert";
import fc from "fast-check";

import { evaluate } from "../../policies/evaluate";
import { Finding, Level, Severity, Status } from "../../policies/finding";
import { graphOf, Resource } from "../../policies/graph/graph";
import { Secret, UNKNOWN, Value } from "../../policies/graph/value";
import { Rule, Target } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { defaultSettings } from "../../policies/settings";
import { resource } from "./sample-resource";

const base: Omit<Rule, "targets" | "check"> = {
  id: "test-rule",
  item: "ports-open",
  title: "test",
  severity: Severity.Low,
  level: Level.Mandatory,
  help: "test",
};

const targets: readonly Target[] = [{ urn: "a" }, { urn: "b" }];

/** What one rule says, by resource. */
const said = (rule: Partial<Rule>, settings = defaultSettings) =>
  evaluate(graphOf([]), settings, [{ ...base, targets: () => targets, check: () => [], ...rule }]);

const short = ({ resource: urn, key, status }: Finding) => `${urn} ${key} ${status}`;

describe("evaluate", () => {
  it("gives a finding that a rule failed, and goes on with the next resource", () => {
    const check = ({ urn }: Target) => {
      if (urn === "a") throw new TypeError("cannot read hunter2");
      return [{ status: Status.Pass, message: "good" }];
    };
    const found = said({ check });
    assert.deepStrictEqual(found.map(short), ["a test-rule[rule failed] unknown", "b test-rule pass"]);
    assert.strictEqual(found[0]?.message, "the rule itself failed with TypeError and says nothing about this");
  });

  it("gives a finding when a rule cannot even find what it is about", () => {
    const found = said({
      targets: () => {
        throw new Error("no");
      },
    });
    assert.deepStrictEqual(found.map(short), ["null test-rule[rule failed] unknown"]);
  });

  it("fails only the rules that look at what cannot be read", () => {
    const unreadable = { ...defaultSettings };
    Object.defineProperty(unreadable, "hosts", {
      get: () => {
        throw new Error("unreadable");
      },
    });
    const machine = resource("aws:ec2/instance:Instance", "web", { properties: { userData: "#cloud-config\n" } });
    const byHosts: Rule = { ...base, id: "by-hosts", targets: ({ hosts }) => hosts, check: () => [] };
    const alone: Rule = {
      ...base,
      id: "alone",
      targets: () => [{ urn: "a" }],
      check: () => [{ status: Status.Pass, message: "good" }],
    };
    const found = evaluate(graphOf([machine]), unreadable, [byHosts, alone]);
    assert.deepStrictEqual(found.map(short), ["null by-hosts[rule failed] unknown", "a alone pass"]);
  });

  it("says that a rule is about nothing", () => {
    assert.deepStrictEqual(said({ targets: () => [] }).map(short), ["null test-rule not-applicable"]);
  });

  it("numbers different findings with one key, and gives equal ones once", () => {
    const check = () => ["one", "one", "two"].map((message) => ({ status: Status.Fail, about: "x", message, fix: "" }));
    assert.deepStrictEqual(said({ check, targets: () => [{ urn: "a" }] }).map(short), [
      "a test-rule[x] fail",
      "a test-rule[x]#2 fail",
    ]);
  });

  it("does not evaluate a rule that is disabled", () => {
    assert.deepStrictEqual(said({}, { ...defaultSettings, levels: { "test-rule": Level.Disabled } }), []);
  });

  it("gives findings the level that the settings say", () => {
    const settings = { ...defaultSettings, levels: { "test-rule": Level.Advisory } };
    assert.deepStrictEqual(
      said({}, settings).map(({ level }) => level),
      [Level.Advisory],
    );
  });

  it("says the same whatever the order of the resources", () => {
    const resources = [
      resource("aws:ec2/instance:Instance", "one"),
      resource("aws:ec2/instance:Instance", "two", { properties: { userData: "#!/bin/sh\ngunicorn app:app\n" } }),
      resource("aws:ec2/securityGroup:SecurityGroup", "group", {
        properties: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
      }),
    ];
    assert.deepStrictEqual(
      evaluate(graphOf([...resources].reverse()), defaultSettings),
      evaluate(graphOf(resources), defaultSettings),
    );
  });

  describe("of any graph", () => {
    const types = [
      "aws:ec2/instance:Instance",
      "aws:ec2/launchTemplate:LaunchTemplate",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "aws:ec2/eip:Eip",
      "aws:route53/record:Record",
      "aws:route53/zone:Zone",
      "aws:lb/listener:Listener",
      "aws:cloudfront/distribution:Distribution",
      "aws:s3/bucketObject:BucketObject",
      "aws:ebs/volume:Volume",
      "command:remote:Command",
      "landfall:index:Site",
    ];
    const properties = [
      "userData",
      "userDataBase64",
      "ingress",
      "egress",
      "securityGroupId",
      "vpcSecurityGroupIds",
      "cidrIpv4",
      "cidrBlocks",
      "fromPort",
      "toPort",
      "protocol",
      "ipProtocol",
      "type",
      "name",
      "records",
      "aliases",
      "zoneId",
      "metadataOptions",
      "rootBlockDevice",
      "ebsBlockDevices",
      "launchTemplate",
      "apps",
      "contract",
      "connection",
      "create",
      "origins",
      "id",
    ];
    const secretText = "s3cr3t-of-the-sea";
    const value = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<Value>(null, true, false, UNKNOWN, "", "0.0.0.0/0", "tcp", "-1", 22, -1, "A", "a.example.com"),
        fc.constantFrom<Value>(
          "#cloud-config\n[",
          "#!/bin/sh\ngunicorn app:app\n",
          new Secret(`#!/bin/sh\nexport PASSWORD=${secretText}\n`),
        ),
        fc.string(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...properties), tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    const someResource = fc.record({
      type: fc.constantFrom(...types),
      name: fc.constantFrom("a", "b", "c"),
      properties: fc.dictionary(fc.constantFrom(...properties), value, { maxKeys: 8 }),
      from: fc.dictionary(fc.constantFrom(...properties), fc.array(fc.nat(9), { maxLength: 2 }), { maxKeys: 4 }),
      parent: fc.option(fc.nat(9)),
    });
    const graph = fc.array(someResource, { maxLength: 10 }).map((written) => {
      const urns = written.map(({ type, name }) => resource(type, name).urn);
      return graphOf(
        written.map(({ type, name, properties: given, from, parent }): Resource => {
          const made = Object.entries(from).map(([key, indices]) => [
            key,
            indices.flatMap((index) => urns[index] ?? []),
          ]);
          return resource(type, name, {
            properties: given,
            propertyDependencies: Object.fromEntries(made) as Resource["propertyDependencies"],
            parent: parent === null ? null : (urns[parent] ?? null),
          });
        }),
      );
    });

    it("never throws, has something to say by every rule, and never shows a secret", () => {
      fc.assert(
        fc.property(graph, (any) => {
          const found = evaluate(any, defaultSettings);
          const silent = rules.filter(({ id }) => !found.some(({ rule }) => rule === id));
          const failed = found.filter(({ key }) => key.endsWith("[rule failed]"));
          assert.deepStrictEqual([silent.map(({ id }) => id), failed], [[], []]);
          assert.ok(!JSON.stringify(found).includes(secretText));
        }),
        { numRuns: 300 },
      );
    });

    it("says the same about a resource whatever else is not known", () => {
      const clear = resource("aws:ec2/instance:Instance", "clear", {
        properties: { rootBlockDevice: { encrypted: false } },
      });
      const about = (findings: Finding[]) =>
        findings.filter(({ resource: urn, rule }) => urn === clear.urn && rule.startsWith("vm-"));
      fc.assert(
        fc.property(fc.constantFrom(...types), fc.constantFrom(...properties), (type, property) => {
          const hidden = resource(type, "hidden", {
            properties: { [property]: UNKNOWN },
            propertyDependencies: { [property]: [] },
          });
          assert.deepStrictEqual(
            about(evaluate(graphOf([hidden, clear]), defaultSettings)),
            about(evaluate(graphOf([clear]), defaultSettings)),
          );
        }),
      );
    });
  });
});
