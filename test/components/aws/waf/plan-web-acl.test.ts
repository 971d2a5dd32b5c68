import assert from "node:assert/strict";
import { describeProblems } from "../../../../components/app/problem";
import { planWebAcl, WebAclPlan } from "../../../../components/aws/waf/plan-web-acl";
import { ManagedRules, WebAclArgs, WebAclScope } from "../../../../components/aws/waf/web-acl-args";

const planned = (args: WebAclArgs = {}): WebAclPlan => planWebAcl("web", args);
const said = (args: WebAclArgs, name = "web"): string[] =>
  describeProblems("", planWebAcl(name, args).problems)
    .split("\n")
    .slice(1)
    .map((line) => line.trim().replace(/ {2,}/, "  "));
const groups = ({ rules }: WebAclPlan): string[] => rules.map(({ name }) => name);

describe("planWebAcl", () => {
  it("asks what most sites want, the cheapest first, and lets uploads through", () => {
    const { rules, problems } = planned();
    assert.deepEqual(problems, []);
    assert.deepEqual(rules, [
      {
        name: "AWSManagedRulesAmazonIpReputationList",
        counts: false,
        managed: { group: ManagedRules.IpReputation, countedRules: [] },
      },
      {
        name: "AWSManagedRulesKnownBadInputsRuleSet",
        counts: false,
        managed: { group: ManagedRules.KnownBadInputs, countedRules: [] },
      },
      {
        name: "AWSManagedRulesCommonRuleSet",
        counts: false,
        managed: { group: ManagedRules.Common, countedRules: ["SizeRestrictions_BODY"] },
      },
    ]);
  });

  it("is in us-east-1 for distributions, and in the provider's region for balancers", () => {
    assert.deepEqual([planned().scope, planned().region], ["CLOUDFRONT", "us-east-1"]);
    const { scope, region } = planned({ scope: WebAclScope.Regional });
    assert.deepEqual([scope, region], ["REGIONAL", undefined]);
  });

  it("asks for the rate before it looks into anything", () => {
    const { rules } = planned({ rateLimit: { requests: 2000 } });
    assert.deepEqual(rules[0], { name: "rate-limit", counts: false, rate: { requests: 2000, seconds: 300 } });
    assert.equal(rules.length, 4);
  });

  it("only counts, all of it, a group, the rate, or single rules", () => {
    const counting = (args: WebAclArgs): boolean[] => planned(args).rules.map(({ counts }) => counts);
    const managed = [{ group: ManagedRules.Common, counts: true }, { group: ManagedRules.Sql }];
    assert.deepEqual(counting({ managed, rateLimit: { requests: 100 } }), [false, true, false]);
    assert.deepEqual(counting({ managed, rateLimit: { requests: 100, counts: true } }), [true, true, false]);
    assert.deepEqual(counting({ managed, rateLimit: { requests: 100 }, counts: true }), [true, true, true]);
    const [common] = planned({ managed: [{ group: ManagedRules.Common, countedRules: [] }] }).rules;
    assert.deepEqual(common?.managed?.countedRules, []);
  });

  it("keeps the order of the groups", () => {
    const managed = [{ group: ManagedRules.Sql }, { group: ManagedRules.IpReputation }];
    assert.deepEqual(groups(planned({ managed })), [ManagedRules.Sql, ManagedRules.IpReputation]);
  });

  it("counts what rules take", () => {
    assert.equal(planned().capacity, 925);
    assert.equal(planned({ rateLimit: { requests: 100 } }).capacity, 927);
    assert.equal(planned({ managed: Object.values(ManagedRules).map((group) => ({ group })) }).capacity, 1975);
  });

  it("refuses what costs more, unless it is said, and what no web ACL can have", () => {
    const managed = Object.values(ManagedRules).map((group) => ({ group }));
    assert.deepEqual(said({ managed }), [
      "capacityLimit  is 1500 units, and the rules take 1975; " +
        "leave a group out, or set it to 1975: AWS charges more for what is above 1500",
    ]);
    assert.deepEqual(said({ managed, capacityLimit: 1975 }), []);
    assert.deepEqual(said({ capacityLimit: 5001 }), [
      "capacityLimit  5001 is out of range; use whole numbers from 1 to 5000",
    ]);
  });

  it("wants something to hold requests against, and each group once", () => {
    assert.deepEqual(said({ managed: [] }), [
      "managed  [] is empty; name a group, give rateLimit, or leave the WebAcl out",
    ]);
    assert.deepEqual(said({ managed: [], rateLimit: { requests: 100 } }), []);
    const managed = [{ group: ManagedRules.Php }, { group: ManagedRules.Php, countedRules: ["all of it"] }];
    assert.deepEqual(said({ managed }), [
      'managed[0].group  "AWSManagedRulesPHPRuleSet" is there twice; leave one of them out',
      'managed[1].group  "AWSManagedRulesPHPRuleSet" is there twice; leave one of them out',
      'managed[1].countedRules[0]  "all of it" is no name of a rule; write it as AWS\'s list does',
    ]);
  });

  it("takes from 10 requests on, in times that AWS knows", () => {
    assert.deepEqual(said({ rateLimit: { requests: 10, seconds: 60 } }), []);
    assert.deepEqual(said({ rateLimit: { requests: 9, seconds: 90 } }), [
      "rateLimit.requests  9 is out of range; use whole numbers from 10 to 2000000000",
      "rateLimit.seconds  90 is not one of the choices; use 60, 120, 300, 600",
    ]);
  });

  it("wants choices that there are, periods that CloudWatch has, and a name that resources can have", () => {
    const scope = "GLOBAL" as WebAclScope;
    assert.deepEqual(said({ scope, logs: { retentionDays: 10 } }, "web acl"), [
      'name  "web acl" cannot name a web ACL; use 1 to 64 letters, digits, hyphens and underscores',
      'scope  "GLOBAL" is not one of the choices; use CLOUDFRONT, REGIONAL',
      "logs.retentionDays  10 is no period that CloudWatch keeps logs for; the next one is 14 days",
    ]);
  });

  it("refuses a group that there is not, without counting it", () => {
    const managed = [{ group: "AWSManagedRulesBotControlRuleSet" as ManagedRules }];
    assert.match(
      said({ managed }).join("\n"),
      /^managed\[0\]\.group {2}"AWSManagedRulesBotControlRuleSet" is not one of the/,
    );
    assert.equal(said({ managed }).length, 1);
  });
});
