import type { ResourceTable } from "../../table";
import { instanceRequirements } from "../ec2/instance-requirements";
import { byDefault, computed, flag, integer, object, objects, required, text, texts } from "../properties";

/** The properties of `aws:autoscaling/group:Group`. */
export const groupTable: ResourceTable = {
  inputs: {
    availabilityZoneDistribution: object({
      capacityDistributionStrategy: text,
    }),
    availabilityZones: texts,
    capacityRebalance: flag,
    capacityReservationSpecification: object({
      capacityReservationPreference: text,
      capacityReservationTarget: object({
        capacityReservationIds: texts,
        capacityReservationResourceGroupArns: texts,
      }),
    }),
    context: text,
    defaultCooldown: integer,
    defaultInstanceWarmup: integer,
    desiredCapacity: integer,
    desiredCapacityType: text,
    enabledMetrics: texts,
    forceDelete: byDefault(false, flag),
    forceDeleteWarmPool: byDefault(false, flag),
    healthCheckGracePeriod: byDefault(300, integer),
    healthCheckType: text,
    ignoreFailedScalingActivities: byDefault(false, flag),
    initialLifecycleHooks: objects({
      defaultResult: text,
      heartbeatTimeout: integer,
      lifecycleTransition: required(text),
      name: required(text),
      notificationMetadata: text,
      notificationTargetArn: text,
      roleArn: text,
    }),
    instanceLifecyclePolicy: object({
      retentionTriggers: object({
        terminateHookAbandon: text,
      }),
    }),
    instanceMaintenancePolicy: object({
      maxHealthyPercentage: required(integer),
      minHealthyPercentage: required(integer),
    }),
    instanceRefresh: object({
      preferences: object({
        alarmSpecification: object({
          alarms: texts,
        }),
        autoRollback: flag,
        checkpointDelay: text,
        checkpointPercentages: { type: { list: "integer" } },
        instanceWarmup: text,
        maxHealthyPercentage: byDefault(100, integer),
        minHealthyPercentage: byDefault(90, integer),
        scaleInProtectedInstances: byDefault("Ignore", text),
        skipMatching: byDefault(false, flag),
        standbyInstances: byDefault("Ignore", text),
      }),
      strategy: required(text),
      triggers: texts,
    }),
    launchConfiguration: text,
    launchTemplate: object({
      id: text,
      name: text,
      version: text,
    }),
    loadBalancers: texts,
    maxInstanceLifetime: integer,
    maxSize: required(integer),
    metricsGranularity: byDefault("1Minute", text),
    minElbCapacity: integer,
    minSize: required(integer),
    mixedInstancesPolicy: object({
      instancesDistribution: object({
        onDemandAllocationStrategy: text,
        onDemandBaseCapacity: integer,
        onDemandPercentageAboveBaseCapacity: integer,
        spotAllocationStrategy: text,
        spotInstancePools: integer,
        spotMaxPrice: text,
      }),
      launchTemplate: required(
        object({
          launchTemplateSpecification: required(
            object({
              launchTemplateId: text,
              launchTemplateName: text,
              version: text,
            }),
          ),
          overrides: objects({
            instanceRequirements: object(instanceRequirements),
            instanceType: text,
            launchTemplateSpecification: object({
              launchTemplateId: text,
              launchTemplateName: text,
              version: text,
            }),
            weightedCapacity: text,
          }),
        }),
      ),
    }),
    name: text,
    namePrefix: text,
    placementGroup: text,
    protectFromScaleIn: byDefault(false, flag),
    region: text,
    serviceLinkedRoleArn: text,
    suspendedProcesses: texts,
    tags: objects({
      key: required(text),
      propagateAtLaunch: required(flag),
      value: required(text),
    }),
    targetGroupArns: texts,
    terminationPolicies: texts,
    trafficSources: objects({
      identifier: required(text),
      type: text,
    }),
    vpcZoneIdentifiers: texts,
    waitForCapacityTimeout: byDefault("10m", text),
    waitForElbCapacity: integer,
    warmPool: object({
      instanceReusePolicy: object({
        reuseOnScaleIn: byDefault(false, flag),
      }),
      maxGroupPreparedCapacity: byDefault(-1, integer),
      minSize: byDefault(0, integer),
      poolState: byDefault("Stopped", text),
    }),
  },
  outputs: { arn: computed(text), predictedCapacity: computed(integer), warmPoolSize: computed(integer) },
  filledIn: [
    "availabilityZoneDistribution",
    "availabilityZones",
    "capacityReservationSpecification",
    "defaultCooldown",
    "desiredCapacity",
    "healthCheckType",
    "instanceLifecyclePolicy",
    "launchTemplate",
    "loadBalancers",
    "mixedInstancesPolicy",
    "name",
    "namePrefix",
    "region",
    "serviceLinkedRoleArn",
    "targetGroupArns",
    "trafficSources",
    "vpcZoneIdentifiers",
  ],
};
