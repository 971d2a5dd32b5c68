import assert from "node:assert/strict";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { Server, ServerArgs } from "../../../components/aws/server";
import { all, isSecret, one, record, Recorded, valueOf } from "./recorded";

const instanceType = "aws:ec2/instance:Instance";
const store = { bucketName: "landfall-dev-web-0123456789ab", parameters: "/landfall/demo/dev/web" };
const args: ServerArgs = { debian: 12, userData: "#cloud-config\n", store, securityGroupIds: ["sg-0123456789abcdef0"] };

const server = (more: Partial<ServerArgs> = {}): Promise<Recorded<Server>> =>
  record(() => new Server("web", { ...args, ...more }));

describe("Server", () => {
  it("starts a machine with encrypted disks, metadata of version 2 only, and nothing but its user data", async () => {
    const instance = one(await server(), instanceType);
    assert.match(instance.name, /^web-[0-9a-f]{8}$/);
    assert.deepEqual(instance.inputs, {
      ami: "ami of /aws/service/debian/release/12/latest/amd64",
      instanceType: "t3.small",
      availabilityZone: "us-west-2a",
      vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
      iamInstanceProfile: "web-role-0123456",
      userData: "#cloud-config\n",
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: 16, tags: { Name: "web" } },
      disableApiTermination: false,
      tags: { Name: "web" },
    });
  });

  it("keeps a machine when there is a newer image or bootstrap", async () => {
    assert.deepEqual(one(await server(), instanceType).ignoreChanges, ["userData", "userDataBase64", "ami"]);
  });

  it("follows an image that is given", async () => {
    const instance = one(await server({ ami: "ami-0123456789abcdef0" }), instanceType);
    assert.equal(instance.inputs.ami, "ami-0123456789abcdef0");
    assert.ok(!instance.ignoreChanges.includes("ami"));
  });

  it("takes Debian's image for the processor", async () => {
    const instance = one(await server({ debian: 13, instanceType: "t4g.small" }), instanceType);
    assert.equal(instance.inputs.ami, "ami of /aws/service/debian/release/13/latest/arm64");
  });

  it("is another resource where it takes another machine", async () => {
    const name = async (more: Partial<ServerArgs>): Promise<string> => one(await server(more), instanceType).name;
    const names = new Set<string>();
    for (const more of [{}, { debian: 13 }, { generation: 2 }, { ssh: { sources: ["10.0.0.0/8"] } }])
      names.add(await name(more));
    assert.equal(names.size, 4);
    assert.equal(await name({ userData: "#cloud-config\n# newer\n" }), await name({}));
  });

  it("has an address and a data volume that do not hang on the machine", async () => {
    const recorded = await server();
    const volume = one(recorded, "aws:ebs/volume:Volume");
    const address = one(recorded, "aws:ec2/eip:Eip");
    const machine = one(recorded, instanceType).name;
    for (const { dependsOn } of [volume, address]) assert.ok(!dependsOn.some((urn) => urn.startsWith(instanceType)));
    assert.deepEqual(volume.inputs, {
      availabilityZone: "us-west-2a",
      encrypted: true,
      type: "gp3",
      size: 20,
      tags: { Name: "web-data" },
    });
    assert.deepEqual(one(recorded, "aws:ec2/eipAssociation:EipAssociation").inputs, {
      allocationId: "web-address-allocation",
      instanceId: `${machine}-id`,
    });
    const attachment = one(recorded, "aws:ec2/volumeAttachment:VolumeAttachment");
    assert.deepEqual(attachment.inputs, {
      deviceName: "/dev/sdf",
      volumeId: "web-data-id",
      instanceId: `${machine}-id`,
      stopInstanceBeforeDetaching: true,
    });
    assert.ok(attachment.deleteBeforeReplace);
  });

  it("stays in the zone of its data when AWS lists another one first", async () => {
    assert.deepEqual(one(await server(), "aws:ebs/volume:Volume").ignoreChanges, ["availabilityZone"]);
  });

  it("runs in the subnet that is given, with its data beside it", async () => {
    const recorded = await server({ subnetId: "subnet-1" });
    const { inputs } = one(recorded, instanceType);
    assert.equal(inputs.subnetId, "subnet-1");
    assert.equal(inputs.availabilityZone, undefined);
    const volume = one(recorded, "aws:ebs/volume:Volume");
    assert.equal(volume.inputs.availabilityZone, "us-west-2c");
    assert.deepEqual(volume.ignoreChanges, []);
  });

  it("may read its own store and parameters, take commands, and nothing else", async () => {
    const recorded = await server();
    const policies = all(recorded, "aws:iam/rolePolicy:RolePolicy").map(
      ({ inputs }) => JSON.parse(inputs.policy as string) as { Statement: { Action: string[]; Resource: unknown }[] },
    );
    const [commands, reads] = policies.map(({ Statement }) => Statement);
    assert.deepEqual(reads, [
      {
        Sid: "Objects",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::landfall-dev-web-0123456789ab/*",
      },
      {
        Sid: "Missing",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::landfall-dev-web-0123456789ab",
        Condition: { StringLike: { "s3:prefix": "*" } },
      },
      {
        Sid: "Parameters",
        Effect: "Allow",
        Action: "ssm:GetParametersByPath",
        Resource: [
          "arn:aws:ssm:*:*:parameter/landfall/demo/dev/web",
          "arn:aws:ssm:*:*:parameter/landfall/demo/dev/web/*",
        ],
      },
    ]);
    const open = commands!.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
    assert.deepEqual(
      open.filter((action) => /Get|Put|Describe|Send/.test(action)),
      ["ec2messages:GetEndpoint", "ec2messages:GetMessages", "ec2messages:SendReply"],
    );
    const machine = one(recorded, instanceType);
    for (const name of ["web-commands", "web-reads"])
      assert.ok(machine.dependsOn.includes(`aws:iam/rolePolicy:RolePolicy::${name}`), name);
  });

  it("reads nothing when all that it needs is in its user data", async () => {
    const recorded = await server({ store: undefined });
    assert.deepEqual(
      all(recorded, "aws:iam/rolePolicy:RolePolicy").map(({ name }) => name),
      ["web-commands"],
    );
  });

  it("may report under its own name, and nothing under another", async () => {
    const recorded = await server({ reports: { name: "/landfall/demo/dev/web" } });
    const { inputs } = one(recorded, "aws:iam/rolePolicy:RolePolicy", "web-reports");
    assert.deepEqual((JSON.parse(inputs.policy as string) as { Statement: unknown }).Statement, [
      {
        Sid: "Metrics",
        Effect: "Allow",
        Action: "cloudwatch:PutMetricData",
        Resource: "*",
        Condition: { StringEquals: { "cloudwatch:namespace": "/landfall/demo/dev/web" } },
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:*:*:log-group:/landfall/demo/dev/web/*",
      },
    ]);
  });

  it("has no key for SSH unless asked", async () => {
    const recorded = await server();
    assert.deepEqual(all(recorded, "aws:ec2/keyPair:KeyPair"), []);
    assert.equal(one(recorded, instanceType).inputs.keyName, undefined);
    assert.equal(await valueOf(recorded.result.sshPrivateKey), "");
  });

  it("opens SSH to the networks that are named, by a group of its own", async () => {
    const recorded = await server({ ssh: { sources: ["203.0.113.7/32"] }, subnetId: "subnet-1" });
    assert.equal(one(recorded, "aws:ec2/securityGroup:SecurityGroup").inputs.vpcId, "vpc-1");
    const rule = one(recorded, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.equal(rule.name, "web-ssh-ssh-from-203.0.113.7/32");
    assert.deepEqual(one(recorded, instanceType).inputs.vpcSecurityGroupIds, ["sg-0123456789abcdef0", "web-ssh-id"]);
  });

  it("makes a key for SSH and hands it out as a secret", async () => {
    const recorded = await server({ ssh: { sources: ["203.0.113.7/32"] } });
    assert.equal(one(recorded, "tls:index/privateKey:PrivateKey").inputs.algorithm, "ED25519");
    assert.equal(one(recorded, "aws:ec2/keyPair:KeyPair").inputs.publicKey, "public key of web-ssh");
    assert.equal(one(recorded, instanceType).inputs.keyName, "web-ssh-key");
    assert.equal(await pulumi.isSecret(recorded.result.sshPrivateKey), true);
    assert.equal(await valueOf(recorded.result.sshPrivateKey), "private key of web-ssh");
  });

  it("protects machine, address and data when asked", async () => {
    const recorded = await server({ protection: true });
    for (const type of [instanceType, "aws:ec2/eip:Eip", "aws:ebs/volume:Volume"])
      assert.ok(one(recorded, type).protect, type);
    assert.equal(one(recorded, instanceType).inputs.disableApiTermination, true);
  });

  it("has an IPv6 address only where asked", async () => {
    const without = await server();
    assert.equal(one(without, instanceType).inputs.ipv6AddressCount, undefined);
    const recorded = await server({ ipv6: true });
    assert.equal(one(recorded, instanceType).inputs.ipv6AddressCount, 1);
    assert.equal(await valueOf(recorded.result.ipv6Address), "2001:db8::7");
  });

  it("is there once address and data volume are attached", async () => {
    const recorded = await server();
    const needed = await new Promise<string[]>((resolve) => {
      const resources = (recorded.result.instanceId as unknown as { allResources(): Promise<Set<pulumi.Resource>> })
        .allResources()
        .then((set) => Promise.all([...set].map((resource) => valueOf(resource.urn))));
      void resources.then(resolve);
    });
    for (const type of ["EipAssociation", "VolumeAttachment"])
      assert.ok(
        needed.some((urn) => urn.includes(type)),
        type,
      );
  });

  it("waits for what it is told to wait for before the machine starts", async () => {
    const recorded = await record(() => {
      const first = new ssm.Parameter("first", { type: "String", value: "1" });
      return new Server("web", args, { dependsOn: [first] });
    });
    assert.ok(one(recorded, instanceType).dependsOn.includes("aws:ssm/parameter:Parameter::first"));
  });

  it("is neither watched nor copied unless asked", async () => {
    const recorded = await server();
    for (const type of [
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "aws:sns/topic:Topic",
      "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    ])
      assert.deepEqual(all(recorded, type), [], type);
  });

  it("refuses with all problems at once", async () => {
    await assert.rejects(
      server({ dataGiB: 0, ssh: { sources: ["0.0.0.0/0"] }, snapshots: { hourUtc: 24 } }),
      (error: unknown) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(
          error.errors?.map((problem) => problem.propertyPath),
          ["dataGiB", "ssh.sources[0]", "snapshots.hourUtc"],
        );
        return true;
      },
    );
  });

  it("hands AWS no secret", async () => {
    const recorded = await server({ ssh: { sources: ["203.0.113.7/32"] } });
    assert.ok(!recorded.resources.some(({ inputs }) => JSON.stringify(inputs).includes("private key")));
    assert.ok(!recorded.resources.some(({ inputs }) => Object.values(inputs).some(isSecret)));
  });
});
