import type { PropertyMap } from "../../property/value";
import type { Definition } from "../definition";
import { arn, newUuid } from "../identifiers";
import { byRegion, forceNew } from "../replacement";
import { groupTable } from "./group-table";

const file = "internal/service/autoscaling/group.go";

const machines = ["launchConfiguration", "launchTemplate", "mixedInstancesPolicy"];

/** `aws:autoscaling/group:Group`. */
export const group: Definition = {
  table: groupTable,
  replacement: [...forceNew(file, "initialLifecycleHooks", "name", "namePrefix"), byRegion],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 255 },
  sets: [
    "availabilityZones",
    "enabledMetrics",
    "initialLifecycleHooks",
    "loadBalancers",
    "suspendedProcesses",
    "tags",
    "targetGroupArns",
    "trafficSources",
    "vpcZoneIdentifiers",
  ],

  check(inputs) {
    const isGiven = (name: string): boolean => (inputs[name] ?? null) !== null;
    if (machines.filter(isGiven).length === 1) return [];
    return [{ property: "launchTemplate", reason: `exactly one of ${machines.join(", ")} has to be given` }];
  },

  create(inputs, { account, region }) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const outputs = {
      arn: arn("autoscaling", `autoScalingGroup:${newUuid()}:autoScalingGroupName/${name}`, account, region),
      availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-best-effort" },
      availabilityZones: zonesOf(inputs, account.subnets),
      capacityReservationSpecification: { capacityReservationPreference: "default" },
      defaultCooldown: 300,
      desiredCapacity: inputs["minSize"],
      healthCheckType: "EC2",
      instanceLifecyclePolicy: {},
      launchTemplate: { name: "" },
      loadBalancers: [],
      mixedInstancesPolicy: {},
      name,
      namePrefix: "",
      predictedCapacity: 0,
      serviceLinkedRoleArn: arn(
        "iam",
        "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        account,
      ),
      targetGroupArns: [],
      trafficSources: [],
      vpcZoneIdentifiers: [],
      warmPoolSize: 0,
    };
    return { id: name, outputs };
  },
};

/** Zones of the subnets that the account knows. */
function zonesOf(inputs: PropertyMap, subnets: readonly { id: string; availabilityZone: string }[]): string[] {
  const ids = (inputs["vpcZoneIdentifiers"] ?? []) as string[];
  return subnets.filter(({ id }) => ids.includes(id)).map(({ availabilityZone }) => availabilityZone);
}
