import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import {
  actionsOf,
  kindActions,
  permissionPolicies,
  unknownKinds,
} from "../../../../components/aws/permissions/permissions";
import { Site } from "../../../../components/aws/site";
import { SiteArgs, SiteShape } from "../../../../components/aws/site-args";
import { translations } from "../../../aws-models/calls";
import { useOwnCache } from "../own-cache";
import { Account, record } from "../recorded";
import { gitApp } from "../sample-place";

/** What is looked up while a site is made, and the actions that it takes. */
const lookups: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": ["ec2:DescribeInstanceTypeOfferings"],
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": [
    "ec2:DescribeManagedPrefixLists",
    "ec2:GetManagedPrefixListEntries",
  ],
  "aws:ec2/getSubnet:getSubnet": ["ec2:DescribeSubnets"],
  "aws:ec2/getSubnets:getSubnets": ["ec2:DescribeSubnets"],
  "aws:index/getAvailabilityZones:getAvailabilityZones": ["ec2:DescribeAvailabilityZones"],
  "aws:index/getCallerIdentity:getCallerIdentity": ["sts:GetCallerIdentity"],
  "aws:index/getPartition:getPartition": [],
  "aws:index/getRegion:getRegion": [],
  "aws:route53/getZone:getZone": ["route53:GetHostedZone", "route53:ListHostedZones", "route53:ListTagsForResource"],
  "aws:route53/getZones:getZones": ["route53:ListHostedZones"],
  "aws:ssm/getParameter:getParameter": ["ssm:GetParameter"],
};

describe("the permissions for what is made", function () {
  this.timeout(30_000);
  useOwnCache();

  it("are known of every kind of resource that there is", () =>
    assert.deepEqual(
      Object.keys(kindActions)
        .filter((kind) => kind.startsWith("aws:"))
        .sort(),
      Object.keys(translations).sort(),
    ));

  it("name every action once for a kind", () => {
    for (const [kind, services] of Object.entries(kindActions))
      for (const names of Object.values(services)) assert.deepEqual(names, [...new Set(names)], kind);
  });

  it("say which kinds they do not know", () =>
    assert.deepEqual(
      unknownKinds(["aws:rds/instance:Instance", "aws:ec2/eip:Eip", "tls:index/privateKey:PrivateKey"]),
      ["aws:rds/instance:Instance"],
    ));

  it("are the actions of all kinds, each once", () =>
    assert.deepEqual(actionsOf(["aws:iam/rolePolicy:RolePolicy", "aws:ec2/route:Route", "aws:ec2/route:Route"]), [
      "ec2:CreateRoute",
      "ec2:DeleteRoute",
      "ec2:DescribeRouteTables",
      "ec2:ReplaceRoute",
      "iam:DeleteRolePolicy",
      "iam:GetRolePolicy",
      "iam:PutRolePolicy",
      "sts:GetCallerIdentity",
    ]));

  it("let roles of the site alone be given to services", () => {
    const [policy] = permissionPolicies(["aws:ec2/instance:Instance"], "web");
    assert.deepEqual(
      policy!.Statement.find(({ Sid }) => Sid === "PassRole"),
      {
        Sid: "PassRole",
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: "arn:aws:iam::*:*/web-*",
        Condition: {
          StringEquals: {
            "iam:PassedToService": ["dlm.amazonaws.com", "ec2.amazonaws.com", "vpc-flow-logs.amazonaws.com"],
          },
        },
      },
    );
  });

  it("fit into managed policies, whatever is made, without a lost action", () => {
    const policies = permissionPolicies(Object.keys(kindActions), "web");
    assert.ok(policies.length > 1);
    for (const policy of policies) assert.ok(JSON.stringify(policy).length <= 6144);
    const allowed = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    assert.deepEqual(allowed.sort(), actionsOf(Object.keys(kindActions)));
  });

  const apps: App[] = [gitApp()];
  const answers: Account["answers"] = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["us-west-2b", "us-west-2a"] }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333" }),
  };
  const network = { subnetId: "subnet-0123456789abcdef0", vpcId: "vpc-0123456789abcdef0" };
  const shapes: Record<string, Partial<SiteArgs>> = {
    "a server": { snapshots: {}, monitoring: { notify: { email: "ops@example.com" } } },
    "a server in a subnet": { ...network, ssh: { sources: ["203.0.113.0/24"] } },
    "a server behind a CDN": { shape: SiteShape.ServerCdn },
    "a fleet": { shape: SiteShape.Fleet, fleet: { minimum: 1, maximum: 2, cpuPercent: 50 } },
    "a fleet behind a CDN": { shape: SiteShape.FleetCdn, fleet: { minimum: 1, maximum: 2 } },
  };
  for (const [what, args] of Object.entries(shapes)) {
    it(`cover every resource of ${what}, and what is looked up for it`, async () => {
      const { resources, calls } = await record(() => new Site("web", { apps, ...args }), { answers });
      const kinds = resources.map(({ type }) => type);
      assert.deepEqual(unknownKinds(kinds), []);
      const allowed = actionsOf(kinds);
      assert.ok(calls.length > 0);
      for (const { token } of calls) {
        const needed = lookups[token];
        assert.ok(needed, `nobody says what ${token} needs`);
        for (const action of needed) assert.ok(allowed.includes(action), `${action} of ${token}`);
      }
    });
  }
});
