import type { Limit } from "./limits";

const percent = (path: string, range: readonly [number, number]): Limit => ({
  operation: "autoscaling.CreateAutoScalingGroup",
  path: `InstanceMaintenancePolicy.${path}`,
  range,
  source: "Auto Scaling API Reference, InstanceMaintenancePolicy",
});

/** What launch templates and Auto Scaling groups may be like. */
export const fleetLimits: readonly Limit[] = [
  {
    operation: "ec2.CreateLaunchTemplate",
    path: "LaunchTemplateData.UserData",
    maxBytes: { bytes: 16_384, of: "base64" },
    source: "EC2 User Guide, Run commands when you launch an instance: 16 KB in raw form, before it is encoded",
  },
  {
    operation: "ec2.CreateLaunchTemplate",
    path: "LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit",
    range: [1, 64],
    source: "EC2 API Reference, LaunchTemplateInstanceMetadataOptionsRequest",
  },
  {
    // Where machines can read their tags.
    operation: "ec2.CreateLaunchTemplate",
    path: "LaunchTemplateData.TagSpecifications[].Tags[].Key",
    pattern: "[a-zA-Z0-9+=.,_:@-]{1,128}",
    not: "[aA][wW][sS]:.*",
    source: "EC2 User Guide, View tags for your EC2 instances using instance metadata",
  },
  {
    operation: "autoscaling.PutLifecycleHook",
    path: "HeartbeatTimeout",
    range: [30, 7200],
    source: "Auto Scaling API Reference, PutLifecycleHook",
  },
  percent("MinHealthyPercentage", [0, 100]),
  percent("MaxHealthyPercentage", [100, 200]),
  {
    operation: "autoscaling.CreateAutoScalingGroup",
    path: "MaxInstanceLifetime",
    range: [86_400, 31_536_000],
    source: "Auto Scaling API Reference, CreateAutoScalingGroup",
  },
];
