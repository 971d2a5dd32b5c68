import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { defaultInstanceType } from "../instance-type";
import { FleetArgs } from "./fleet-args";
import { FleetPlan } from "./plan-fleet";

/** What a template is made of beside the description. */
export interface TemplateParts {
  imageId: pulumi.Input<string>;
  profile: pulumi.Input<string>;
  keyName: pulumi.Input<string> | undefined;
  securityGroupIds: pulumi.Input<string>[];
  tags: Record<string, string>;
}

/** The device under which Debian's images have their root volume. */
const rootDevice = "/dev/xvda";

/** What each machine of a fleet is started from. A change makes another version of it, never another template. */
export function launchTemplate(
  name: string,
  args: FleetArgs,
  plan: FleetPlan,
  parts: TemplateParts,
  opts: pulumi.CustomResourceOptions,
): ec2.LaunchTemplate {
  const { publicAddresses } = args;
  const groups = parts.securityGroupIds;
  return new ec2.LaunchTemplate(
    name,
    {
      description: `Machines of ${name}`,
      updateDefaultVersion: true,
      imageId: parts.imageId,
      instanceType: args.instanceType ?? defaultInstanceType,
      keyName: parts.keyName,
      iamInstanceProfile: { name: parts.profile },
      userData: plan.userData,
      // One hop: a container or a proxied request on the machine gets no credentials. Tags: a machine finds the group it is in.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "enabled",
      },
      blockDeviceMappings: [
        {
          deviceName: rootDevice,
          ebs: { encrypted: "true", volumeType: "gp3", volumeSize: args.rootGiB ?? 16, deleteOnTermination: "true" },
        },
      ],
      // A wish about addresses has to be said of the network interface, and the security groups with it.
      ...(publicAddresses === undefined
        ? { vpcSecurityGroupIds: groups }
        : {
            networkInterfaces: [
              {
                deviceIndex: 0,
                associatePublicIpAddress: String(publicAddresses),
                deleteOnTermination: "true",
                securityGroups: groups,
              },
            ],
          }),
      // Metrics of each minute: those of every five let scaling come late.
      monitoring: { enabled: args.scaling?.cpuPercent !== undefined },
      // Another generation is another version, also where the image is still the newest.
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({
        resourceType,
        tags: { ...parts.tags, "landfall:generation": String(args.generation ?? 1) },
      })),
      tags: parts.tags,
    },
    opts,
  );
}
