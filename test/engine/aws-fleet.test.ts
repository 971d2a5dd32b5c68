import assert from "node:assert/strict";
import type { App } from "../../components/app/app";
import { ResourceState, shortName } from "./aws-project";
import { useAwsStack } from "./aws-stack";

/** A fleet behind a balancer, as `fleet.json` has it. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ec2 from "@pulumi/aws/ec2";
import { Fleet, LoadBalancer, SecurityGroup } from "../components";

const { apps, requests, monitoring, ...args } = JSON.parse(readFileSync(join(__dirname, "fleet.json"), "utf8"));
const subnets = ["a", "b"].map((zone) => ec2.getSubnetOutput({ availabilityZone: \`eu-central-1\${zone}\` }));
const vpcId = subnets[0].vpcId;
const subnetIds = subnets.map(({ id }) => id);
const group = new SecurityGroup("web", { vpcId });
const balancer = new LoadBalancer("web", {
  apps,
  vpcId,
  subnetIds,
  addresses: ["172.31.0.0/20", "172.31.16.0/20"],
  hosts: [{ name: "web", id: group.groupId }],
  certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
});
const targetGroupArn = balancer.targetGroupArns.apply((arns) => arns.docs);
const scaling = requests && { requests: { perTarget: requests, balancerArn: balancer.arn, targetGroupArn } };
const fleet = new Fleet("web", {
  ...args,
  apps,
  scaling,
  monitoring: monitoring && { ...monitoring, balancerArn: balancer.arn },
  subnetIds,
  securityGroupIds: [group.groupId],
  targetGroupArns: [targetGroupArn],
});
export const groupName = fleet.groupName;
`;

const groupType = "aws:autoscaling/group:Group";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

const docs: App = {
  name: "docs",
  source: { directory: "examples/live" },
  process: { command: ["/usr/bin/python3", "app.py"] },
  routes: [{ domain: "docs.example.com" }],
};
const described = {
  apps: [docs],
  debian: 12,
  store: { bucketName: "landfall-dev-web-0123456789ab", parameters: "/landfall/demo/dev/web" },
  minimum: 2,
  maximum: 4,
};

describe("a fleet in AWS, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  const stack = useAwsStack({ program, name: "fleet", file: "fleet.json", usual: described });

  const recorded = async (type: string): Promise<ResourceState> => {
    const found = await stack.recorded(type);
    assert.equal(found.length, 1, `${found.length} of ${type}`);
    return found[0]!;
  };

  it("shows at the first preview what the machines start with, and what their role may do", async () => {
    stack.describe();
    const steps = await stack.previewed();
    const inputs = (end: string): Record<string, unknown> =>
      steps.find(({ urn }) => urn.endsWith(end))!.newState!.inputs!;
    const started = Buffer.from(String(inputs(`${templateType}::web`).userData), "base64").toString();
    assert.match(started, /^#cloud-config\n/);
    assert.match(started, /"lifecycleHook":"landfall-healthy"/);
    const { namePrefix } = inputs(`${groupType}::web`);
    assert.ok(String(inputs("::web-enters-service").policy).includes(`autoScalingGroupName/${String(namePrefix)}*`));
  });

  it("comes up, and has nothing to do afterwards", async () => {
    await stack.up();
    assert.deepEqual(await stack.changedBy({}), []);
    const { id, outputs } = await recorded(groupType);
    assert.match(String(id), /^landfall-fleet-web-[0-9a-f]{12}-/);
    assert.equal((outputs!.launchTemplate as Record<string, unknown>).version, "1");
  });

  it("exchanges machines for those of another generation: another version in place, and the group told of it", async () => {
    const before = [await recorded(templateType), await recorded(groupType)].map(({ id }) => id);
    const steps = await stack.changedBy({ generation: 2 });
    assert.deepEqual(
      steps.map((step) => step.replace(/image-[0-9a-f]{8}/, "image")),
      [
        "create aws:ssm/parameter:Parameter web-image",
        "delete aws:ssm/parameter:Parameter web-image",
        `update ${groupType} web`,
        `update ${templateType} web`,
      ],
    );
    await stack.up();
    const [template, group] = [await recorded(templateType), await recorded(groupType)];
    assert.deepEqual([template.id, group.id], before);
    assert.equal(template.outputs!.latestVersion, 2);
    assert.equal(template.outputs!.defaultVersion, 2);
    assert.equal((group.inputs!.launchTemplate as Record<string, unknown>).version, "2");
    assert.deepEqual(await stack.changedBy({ generation: 2 }), []);
  });

  it("exchanges them for those of another Debian or type in the same way", async () => {
    for (const more of [
      { generation: 2, debian: 13 },
      { generation: 2, instanceType: "t3.medium" },
    ]) {
      const steps = await stack.changedBy(more);
      assert.deepEqual(
        steps.filter((step) => !step.includes("ssm/parameter")),
        [`update ${groupType} web`, `update ${templateType} web`],
      );
    }
  });

  it("has its numbers, its times and its tags changed in place", async () => {
    assert.deepEqual(await stack.changedBy({ generation: 2, minimum: 3, maximum: 9, graceSeconds: 30 }), [
      `update ${groupType} web`,
    ]);
    assert.deepEqual(await stack.changedBy({ generation: 2, startSeconds: 900 }), [
      `update ${groupType} web`,
      "update aws:autoscaling/lifecycleHook:LifecycleHook web-healthy",
    ]);
    const steps = await stack.changedBy({ generation: 2, tags: { team: "web" } });
    assert.ok(steps.length > 0 && steps.every((step) => step.startsWith("update ")), steps.join("\n"));
  });

  it("leaves the number of machines to scaling once there is any", async () => {
    assert.deepEqual(await stack.changedBy({ generation: 2, requests: 1000 }), [
      "create aws:autoscaling/policy:Policy web-requests",
    ]);
    await stack.up();
    const { inputs } = await recorded("aws:autoscaling/policy:Policy");
    const { predefinedMetricSpecification } = inputs!.targetTrackingConfiguration as {
      predefinedMetricSpecification: Record<string, unknown>;
    };
    assert.match(
      String(predefinedMetricSpecification.resourceLabel),
      /^app\/web-[\w-]+\/[0-9a-f]{16}\/targetgroup\/web-docs-[\w-]+\/[0-9a-f]{16}$/,
    );
    assert.deepEqual(await stack.changedBy({ generation: 2, requests: 500 }), [
      "update aws:autoscaling/policy:Policy web-requests",
    ]);
  });

  it("tells its machines of another plan, and changes nothing of them", async () => {
    const command = async (plan: string): Promise<string[]> => {
      stack.describe({ generation: 2, requests: 1000, plan });
      return (await stack.previewed())
        .filter(({ op, urn }) => op !== "same" && !urn.includes("pulumi:pulumi:Stack"))
        .map(({ op, urn }) => `${op} ${shortName(urn)}`)
        .filter((step) => !step.includes("landfall:"));
    };
    assert.deepEqual(await command("a".repeat(64)), ["create command:local:Command web-apply"]);
    const { shown } = await stack.up();
    assert.match(shown, /simulation: group landfall-fleet-web-[0-9a-f]{12}-\d+ is not there/);
    assert.deepEqual(await command("b".repeat(64)), ["update command:local:Command web-apply"]);
  });

  it("takes spare capacity without being another group", async () => {
    const spot = { instanceTypes: ["t3a.small"] };
    assert.deepEqual(await stack.changedBy({ generation: 2, requests: 1000, plan: "a".repeat(64), spot }), [
      `update ${groupType} web`,
    ]);
  });

  it("begins to be watched, with its balancer, and touches no machine", async () => {
    const before = { generation: 2, requests: 1000, plan: "a".repeat(64) };
    const monitoring = { notify: { topicArn: "arn:aws:sns:eu-central-1:111122223333:ops" } };
    const watched = { ...before, monitoring, reports: { name: "/landfall/demo/dev/web" } };
    assert.deepEqual(await stack.changedBy(watched), [
      "create aws:cloudwatch/metricAlarm:MetricAlarm web-cpu",
      "create aws:cloudwatch/metricAlarm:MetricAlarm web-errors",
      "create aws:cloudwatch/metricAlarm:MetricAlarm web-memory",
      "create aws:cloudwatch/metricAlarm:MetricAlarm web-root-disk",
      "create aws:cloudwatch/metricAlarm:MetricAlarm web-unhealthy-1",
      "create aws:iam/rolePolicy:RolePolicy web-reports",
    ]);
    await stack.up();
    assert.deepEqual(await stack.changedBy(watched), []);
  });

  it("refuses what is wrong with its description, by one error", async () => {
    stack.describe({ minimum: 0, apps: [{ ...docs, data: ["uploads"] }] });
    const shown = await stack.refused();
    assert.match(shown, /landfall:index:Fleet 'web' has 2 problems/);
    assert.match(shown, /apps\[0\]\.data +\["uploads"\] is on the disk of one machine/);
    stack.describe();
  });

  it("can be destroyed", () => stack.destroyed());
});
