import type { GroupArgs } from "@pulumi/aws/autoscaling";
import type { Input } from "@pulumi/pulumi";
import { SpotArgs } from "./fleet-args";

/** The part of a group that takes some of its machines from AWS's spare capacity. */
export function spareCapacity(
  { onDemandBase = 1, onDemandPercent = 0 }: SpotArgs,
  { instanceTypes }: { instanceTypes: readonly string[] },
  template: { id: Input<string>; version: Input<string> },
): Pick<GroupArgs, "mixedInstancesPolicy" | "capacityRebalance"> {
  return {
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandBaseCapacity: onDemandBase,
        onDemandPercentageAboveBaseCapacity: onDemandPercent,
        // What is least likely to be taken back soon, then what is cheap (Amazon EC2 Auto Scaling User Guide, "Allocation
        // strategies for multiple instance types").
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version: template.version },
        overrides: instanceTypes.map((instanceType) => ({ instanceType })),
      },
    },
    // Another machine is started when AWS says that one may be taken back, not when it is.
    capacityRebalance: true,
  };
}
