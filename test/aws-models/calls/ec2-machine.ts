import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { capitalized, prefixed, tagged } from "./ec2-parameters";

/** The device under which Debian's images have their root volume. */
const rootDevice = "/dev/xvda";

export function instanceCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "forceDestroy", "getPasswordData", "sourceDestCheck", "userDataReplaceOnChange");
  const userData = userDataOf(inputs);
  const metadata = inputs.take<Record<string, unknown>>("metadataOptions");
  const ImageId = inputs.take("ami");
  const InstanceType = inputs.take("instanceType");
  const MetadataOptions = metadata && capitalized(metadata);
  const groups = inputs.take<string[]>("vpcSecurityGroupIds");
  const subnet = inputs.take("subnetId");
  const address = inputs.take("associatePublicIpAddress");
  const addresses6 = inputs.take("ipv6AddressCount");
  const zone = inputs.take("availabilityZone");
  const profile = inputs.take("iamInstanceProfile");
  const parameters = given({
    ImageId,
    InstanceType,
    MinCount: 1,
    MaxCount: 1,
    KeyName: inputs.take("keyName"),
    UserData: userData?.toString("base64"),
    IamInstanceProfile: profile === undefined ? undefined : { Name: profile },
    MetadataOptions,
    BlockDeviceMappings: rootMapping(inputs.take("rootBlockDevice")),
    DisableApiTermination: inputs.take("disableApiTermination"),
    Placement: zone === undefined ? undefined : { AvailabilityZone: zone },
    // A wish about addresses has to be said of the network interface, and the rest of the network with it.
    ...(address === undefined
      ? { SubnetId: subnet, SecurityGroupIds: groups, Ipv6AddressCount: addresses6 }
      : {
          NetworkInterfaces: [
            given({
              DeviceIndex: 0,
              SubnetId: subnet,
              Groups: groups,
              AssociatePublicIpAddress: address,
              Ipv6AddressCount: addresses6,
            }),
          ],
        }),
    TagSpecifications: tagged("instance", inputs.take("tags")),
  }) as Parameters;
  inputs.done();

  const expected = {
    ImageId,
    InstanceType,
    ...(MetadataOptions && { "MetadataOptions.HttpTokens": metadata["httpTokens"] }),
  };
  const describe: ApiCall["readBack"] = {
    operation: "DescribeInstances",
    parameters: { InstanceIds: [resource.id] },
    expected: prefixed("Reservations[0].Instances[0].", expected),
  };
  const run: ApiCall = {
    urn: resource.urn,
    service: "ec2",
    operation: "RunInstances",
    parameters,
    draws: { id: resource.id, from: "Instances[0].InstanceId" },
    readBack: userData ? readUserData(resource.id, userData) : describe,
  };
  return [run];
}

function userDataOf(inputs: Inputs): Buffer | undefined {
  const [plain, encoded] = [inputs.take<string>("userData"), inputs.take<string>("userDataBase64")];
  if (plain !== undefined) return Buffer.from(plain);
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64");
}

function readUserData(id: string, userData: Buffer): ApiCall["readBack"] {
  return {
    operation: "DescribeInstanceAttribute",
    parameters: { InstanceId: id, Attribute: "userData" },
    expected: { "UserData.Value": userData.toString("base64") },
  };
}

function rootMapping(root: Record<string, unknown> | undefined): object[] | undefined {
  if (root === undefined) return undefined;
  // The provider tags the volume by a call of its own when the instance is there.
  const { tags: _tags, kmsKeyId, __defaults: _defaults, ...others } = root;
  return [
    { DeviceName: rootDevice, Ebs: { ...capitalized(others), ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }) } },
  ];
}

export function keyPairCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const KeyName = inputs.take("keyName");
  const PublicKeyMaterial = Buffer.from(inputs.take<string>("publicKey") ?? "").toString("base64");
  const parameters = given({ KeyName, PublicKeyMaterial, TagSpecifications: tagged("key-pair", inputs.take("tags")) });
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "ImportKeyPair",
      parameters: parameters as Parameters,
      readBack: {
        operation: "DescribeKeyPairs",
        parameters: { KeyNames: [KeyName] },
        expected: { "KeyPairs[0].KeyName": KeyName },
      },
    },
  ];
}

export function volumeCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "finalSnapshot");
  const parameters = given({
    AvailabilityZone: inputs.take("availabilityZone"),
    Encrypted: inputs.take("encrypted"),
    Size: inputs.take("size"),
    VolumeType: inputs.take("type"),
    Iops: inputs.take("iops"),
    Throughput: inputs.take("throughput"),
    TagSpecifications: tagged("volume", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const { Encrypted, Size } = parameters;
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateVolume",
      parameters,
      draws: { id: resource.id, from: "VolumeId" },
      readBack: {
        operation: "DescribeVolumes",
        parameters: { VolumeIds: [resource.id] },
        expected: prefixed("Volumes[0].", { Encrypted: Encrypted ?? false, Size }),
      },
    },
  ];
}

export function volumeAttachmentCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "skipDestroy", "forceDetach", "stopInstanceBeforeDetaching");
  const [Device, InstanceId, VolumeId] = ["deviceName", "instanceId", "volumeId"].map((name) => inputs.take(name));
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "AttachVolume",
      parameters: { Device, InstanceId, VolumeId },
      readBack: {
        operation: "DescribeVolumes",
        parameters: { VolumeIds: [VolumeId] },
        expected: prefixed("Volumes[0].Attachments[0].", { Device, InstanceId }),
      },
    },
  ];
}
