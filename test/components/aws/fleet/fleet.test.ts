import assert from "node:assert/strict";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { Fleet } from "../../../../components/aws/fleet/fleet";
import { FleetArgs } from "../../../../components/aws/fleet/fleet-args";
import { all, isSecret, one, record, Recorded, valueOf } from "../recorded";
import { sampleFleet } from "./sample-fleet";

const groupType = "aws:autoscaling/group:Group";
const hookType = "aws:autoscaling/lifecycleHook:LifecycleHook";
const policyType = "aws:autoscaling/policy:Policy";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

const fleet = (more: Partial<FleetArgs> = {}): Promise<Recorded<Fleet>> =>
  record(() => new Fleet("web", sampleFleet(more)));

describe("Fleet", () => {
  it("starts machines with encrypted disks, metadata of version 2 only, and tags that they can read", async () => {
    const { name, inputs } = one(await fleet(), templateType);
    assert.equal(name, "web");
    const { userData, ...others } = inputs;
    assert.match(Buffer.from(userData as string, "base64").toString(), /"lifecycleHook":"landfall-healthy"/);
    assert.deepEqual(others, {
      description: "Machines of web",
      updateDefaultVersion: true,
      imageId: "ami of /aws/service/debian/release/13/latest/amd64",
      instanceType: "t3.small",
      iamInstanceProfile: { name: "web-role-0123456" },
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "enabled",
      },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 16, deleteOnTermination: "true" },
        },
      ],
      vpcSecurityGroupIds: ["sg-1"],
      monitoring: { enabled: false },
      tagSpecifications: [
        { resourceType: "instance", tags: { Name: "web", "landfall:generation": "1" } },
        { resourceType: "volume", tags: { Name: "web", "landfall:generation": "1" } },
      ],
      tags: { Name: "web" },
    });
  });

  it("is a group of a generated name that launches before it terminates, and goes back where that fails", async () => {
    const { inputs, ignoreChanges } = one(await fleet(), groupType);
    const { namePrefix, ...others } = inputs;
    assert.match(namePrefix as string, /^landfall-test-web-[0-9a-f]{12}-$/);
    assert.deepEqual(others, {
      minSize: 2,
      maxSize: 6,
      desiredCapacity: 2,
      vpcZoneIdentifiers: ["subnet-1", "subnet-2"],
      launchTemplate: { id: "web-id", version: "7" },
      targetGroupArns: ["arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/docs/1"],
      healthCheckType: "ELB",
      healthCheckGracePeriod: 60,
      defaultInstanceWarmup: 60,
      initialLifecycleHooks: [
        {
          name: "landfall-healthy",
          lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
          defaultResult: "ABANDON",
          heartbeatTimeout: 1200,
        },
      ],
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true, skipMatching: true },
      },
      terminationPolicies: ["OldestLaunchTemplate", "Default"],
      minElbCapacity: 2,
      waitForCapacityTimeout: "1500s",
      tags: [{ key: "Name", value: "web", propagateAtLaunch: true }],
    });
    assert.deepEqual(ignoreChanges, ["initialLifecycleHooks"]);
  });

  it("is patient with machines that finish their answers before they go", async () =>
    assert.equal(one(await fleet(), groupType).deleteTimeout, "30m"));

  it("has the hook for itself, too, where its time can change", async () => {
    assert.deepEqual(one(await fleet({ startSeconds: 600 }), hookType).inputs, {
      autoscalingGroupName: await valueOf((await fleet()).result.groupName),
      name: "landfall-healthy",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      defaultResult: "ABANDON",
      heartbeatTimeout: 600,
    });
  });

  it("has no hook where nobody would release it, and no right to", async () => {
    const recorded = await fleet({ userData: "#cloud-config\n" });
    assert.deepEqual(all(recorded, hookType), []);
    assert.equal(one(recorded, groupType).inputs.initialLifecycleHooks, undefined);
    assert.deepEqual(
      all(recorded, "aws:iam/rolePolicy:RolePolicy").map(({ name }) => name),
      ["web-commands", "web-reads"],
    );
  });

  it("lets machines say that they are healthy to their own group, before the first one starts", async () => {
    const recorded = await fleet();
    const { inputs } = one(recorded, "aws:iam/rolePolicy:RolePolicy", "web-enters-service");
    const group = one(recorded, groupType);
    assert.deepEqual(JSON.parse(inputs.policy as string), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnterService",
          Effect: "Allow",
          Action: "autoscaling:CompleteLifecycleAction",
          Resource: `arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/${String(group.inputs.namePrefix)}*`,
        },
      ],
    });
    for (const name of ["web-commands", "web-reads", "web-enters-service"])
      assert.ok(group.dependsOn.includes(`aws:iam/rolePolicy:RolePolicy::${name}`), name);
  });

  it("keeps the image of its generation, whatever Debian offers", async () => {
    const recorded = await fleet();
    const image = one(recorded, "aws:ssm/parameter:Parameter");
    assert.match(image.name, /^web-image-[0-9a-f]{8}$/);
    assert.deepEqual(image.ignoreChanges, ["insecureValue"]);
    assert.notEqual(one(await fleet({ generation: 2 }), "aws:ssm/parameter:Parameter").name, image.name);
    assert.equal(one(await fleet({ generation: 2 }), templateType).name, "web");
  });

  it("follows an image that is given", async () => {
    const recorded = await fleet({ ami: "ami-0123456789abcdef0" });
    assert.equal(one(recorded, templateType).inputs.imageId, "ami-0123456789abcdef0");
    assert.deepEqual(all(recorded, "aws:ssm/parameter:Parameter"), []);
  });

  it("tells the machines that run of another plan, once it is in the store", async () => {
    assert.deepEqual(all(await fleet(), "command:local:Command"), []);
    const plan = "a".repeat(64);
    const recorded = await record(() => {
      const store = new ssm.Parameter("store", { type: "String", value: "1" });
      return new Fleet("web", sampleFleet({ plan }), { dependsOn: [store] });
    });
    const update = one(recorded, "command:local:Command", "web-apply");
    const group = await valueOf(recorded.result.groupName);
    const { LANDFALL_SPEC } = update.inputs.environment as Record<string, string>;
    assert.deepEqual(JSON.parse(LANDFALL_SPEC!), { group, region: "us-west-2", plan });
    assert.ok(update.dependsOn.includes("aws:ssm/parameter:Parameter::store"));
  });

  it("says of addresses what it is told, of the network interface", async () => {
    const { inputs } = one(await fleet({ publicAddresses: false }), templateType);
    assert.equal(inputs.vpcSecurityGroupIds, undefined);
    assert.deepEqual(inputs.networkInterfaces, [
      { deviceIndex: 0, associatePublicIpAddress: "false", deleteOnTermination: "true", securityGroups: ["sg-1"] },
    ]);
  });

  it("aims for use of the processors and for requests", async () => {
    const requests = {
      perTarget: 1000,
      balancerArn: "arn:aws:elasticloadbalancing:us-west-2:111122223333:loadbalancer/app/web/1",
      targetGroupArn: "arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/docs/2",
    };
    const recorded = await fleet({ scaling: { cpuPercent: 50, requests } });
    const aims = all(recorded, policyType).map(({ name, inputs }) => [name, inputs.targetTrackingConfiguration]);
    assert.deepEqual(aims, [
      [
        "web-cpu",
        { predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" }, targetValue: 50 },
      ],
      [
        "web-requests",
        {
          predefinedMetricSpecification: {
            predefinedMetricType: "ALBRequestCountPerTarget",
            resourceLabel: "app/web/1/targetgroup/docs/2",
          },
          targetValue: 1000,
        },
      ],
    ]);
    assert.equal(one(recorded, groupType).inputs.desiredCapacity, undefined);
    assert.deepEqual(one(recorded, templateType).inputs.monitoring, { enabled: true });
  });

  it("takes spare capacity in place of one kind of machine", async () => {
    const { inputs } = one(await fleet({ spot: { onDemandBase: 2, instanceTypes: ["t3a.small"] } }), groupType);
    assert.equal(inputs.launchTemplate, undefined);
    assert.equal(inputs.capacityRebalance, true);
    assert.deepEqual(inputs.mixedInstancesPolicy, {
      instancesDistribution: {
        onDemandBaseCapacity: 2,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: "web-id", version: "7" },
        overrides: [{ instanceType: "t3.small" }, { instanceType: "t3a.small" }],
      },
    });
  });

  it("looks at alarms, and exchanges machines that are old", async () => {
    const { inputs } = one(await fleet({ alarmNames: ["errors"], maximumAgeDays: 30 }), groupType);
    assert.equal(inputs.maxInstanceLifetime, 2_592_000);
    const { preferences } = inputs.instanceRefresh as { preferences: Record<string, unknown> };
    assert.deepEqual(preferences.alarmSpecification, { alarms: ["errors"] });
  });

  it("opens SSH to the networks that are named, in the network of its subnets", async () => {
    const recorded = await fleet({ ssh: { sources: ["203.0.113.7/32"] } });
    assert.equal(one(recorded, "aws:ec2/securityGroup:SecurityGroup").inputs.vpcId, "vpc-1");
    assert.equal(one(recorded, templateType).inputs.keyName, "web-ssh-key");
    assert.equal(await pulumi.isSecret(recorded.result.sshPrivateKey), true);
    assert.ok(!recorded.resources.some(({ inputs }) => JSON.stringify(inputs).includes("private key")));
  });

  it("waits for what it is told to wait for before a machine starts, and is protected when asked", async () => {
    const recorded = await record(() => {
      const first = new ssm.Parameter("first", { type: "String", value: "1" });
      return new Fleet("web", sampleFleet({ protection: true }), { dependsOn: [first] });
    });
    const group = one(recorded, groupType);
    assert.ok(group.dependsOn.includes("aws:ssm/parameter:Parameter::first"));
    assert.ok(group.protect);
  });

  it("hands AWS no secret", async () =>
    assert.ok(!(await fleet()).resources.some(({ inputs }) => Object.values(inputs).some(isSecret))));

  it("refuses with all problems at once", async () => {
    await assert.rejects(fleet({ minimum: 0, store: undefined }), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.deepEqual(
        error.errors?.map(({ propertyPath }) => propertyPath),
        ["minimum", "userData"],
      );
      return true;
    });
  });
});
