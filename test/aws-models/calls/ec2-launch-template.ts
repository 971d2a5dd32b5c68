import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { capitalized, prefixed, tagged } from "./ec2-parameters";

interface Mapping {
  readonly deviceName?: string;
  readonly ebs?: Record<string, unknown>;
}

interface Interface extends Record<string, unknown> {
  readonly securityGroups?: readonly string[];
}

export function launchTemplateCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "name", "namePrefix", "updateDefaultVersion");
  const metadata = inputs.take<Record<string, unknown>>("metadataOptions");
  const [ImageId, InstanceType, UserData] = ["imageId", "instanceType", "userData"].map((name) => inputs.take(name));
  const LaunchTemplateData = given({
    ImageId,
    InstanceType,
    KeyName: inputs.take("keyName"),
    UserData,
    IamInstanceProfile: parts(inputs.take("iamInstanceProfile")),
    MetadataOptions: parts(metadata),
    BlockDeviceMappings: inputs
      .take<Mapping[]>("blockDeviceMappings")
      ?.map(({ deviceName, ebs }) => given({ DeviceName: deviceName, Ebs: parts(ebs) })),
    NetworkInterfaces: inputs
      .take<Interface[]>("networkInterfaces")
      ?.map(({ securityGroups, ...others }) => given({ ...parts(others), Groups: securityGroups })),
    SecurityGroupIds: inputs.take("vpcSecurityGroupIds"),
    Monitoring: parts(inputs.take("monitoring")),
    TagSpecifications: inputs
      .take<{ resourceType: string; tags: Record<string, string> }[]>("tagSpecifications")
      ?.map(({ resourceType, tags }) => ({ ResourceType: resourceType, Tags: tagList(tags) })),
  }) as Parameters;
  const parameters = given({
    LaunchTemplateName: resource.outputs["name"],
    VersionDescription: inputs.take("description"),
    LaunchTemplateData,
    TagSpecifications: tagged("launch-template", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const expected = { ImageId, InstanceType, UserData, "MetadataOptions.HttpTokens": metadata?.["httpTokens"] };
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateLaunchTemplate",
      parameters,
      draws: { id: resource.id, from: "LaunchTemplate.LaunchTemplateId" },
      readBack: {
        operation: "DescribeLaunchTemplateVersions",
        parameters: { LaunchTemplateId: resource.id, Versions: ["$Latest"] },
        expected: prefixed("LaunchTemplateVersions[0].LaunchTemplateData.", expected),
      },
    },
  ];
}

/** An object's members as EC2 takes them. The provider has some truth values as texts, so that they can be left open. */
function parts(values: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  if (values === undefined) return undefined;
  const truth: Readonly<Record<string, boolean>> = { true: true, false: false };
  return Object.fromEntries(
    Object.entries(capitalized(values)).map(([name, value]) => [name, truth[String(value)] ?? value]),
  );
}
