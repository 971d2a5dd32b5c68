import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { capitalized } from "./ec2-parameters";

const service = "autoscaling";

interface Hook extends Record<string, unknown> {
  readonly name?: string;
}

/**
 * A group without machines; then its hooks, so that they are there for the first machine; then its size. The refresh that
 * `instanceRefresh` describes is begun by a later update only.
 */
export function groupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "name", "namePrefix", "instanceRefresh", "waitForCapacityTimeout", "minElbCapacity");
  inputs.leave("forceDelete", "forceDeleteWarmPool", "ignoreFailedScalingActivities", "metricsGranularity");
  const AutoScalingGroupName = resource.id;
  const [MinSize, MaxSize, DesiredCapacity] = ["minSize", "maxSize", "desiredCapacity"].map((name) =>
    inputs.take(name),
  );
  const hooks = inputs.take<Hook[]>("initialLifecycleHooks") ?? [];
  const tags = inputs.take<{ key: string; value: string; propagateAtLaunch: boolean }[]>("tags");
  const template = inputs.take<{ id: string; version: string }>("launchTemplate");
  const HealthCheckType = inputs.take("healthCheckType");
  const TargetGroupARNs = inputs.take("targetGroupArns");
  const create = given({
    AutoScalingGroupName,
    MinSize: 0,
    MaxSize: 0,
    LaunchTemplate: template && { LaunchTemplateId: template.id, Version: template.version },
    MixedInstancesPolicy: mixed(inputs.take("mixedInstancesPolicy")),
    CapacityRebalance: inputs.take("capacityRebalance"),
    VPCZoneIdentifier: inputs.take<string[]>("vpcZoneIdentifiers")?.join(","),
    TargetGroupARNs,
    HealthCheckType,
    HealthCheckGracePeriod: inputs.take("healthCheckGracePeriod"),
    DefaultInstanceWarmup: inputs.take("defaultInstanceWarmup"),
    NewInstancesProtectedFromScaleIn: inputs.take("protectFromScaleIn"),
    InstanceMaintenancePolicy: members(inputs.take("instanceMaintenancePolicy")),
    MaxInstanceLifetime: inputs.take("maxInstanceLifetime"),
    TerminationPolicies: inputs.take("terminationPolicies"),
    Tags: tags?.map((tag) => ({
      ResourceId: AutoScalingGroupName,
      ResourceType: "auto-scaling-group",
      ...members(tag),
    })),
  }) as Parameters;
  inputs.done();
  const common = { urn: resource.urn, service };
  return [
    { ...common, operation: "CreateAutoScalingGroup", parameters: create },
    ...hooks.map((hook) => putHook(resource.urn, AutoScalingGroupName, hook)),
    {
      ...common,
      operation: "UpdateAutoScalingGroup",
      parameters: given({ AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity }) as Parameters,
      readBack: {
        operation: "DescribeAutoScalingGroups",
        parameters: { AutoScalingGroupNames: [AutoScalingGroupName] },
        expected: {
          "AutoScalingGroups[0].MaxSize": MaxSize,
          "AutoScalingGroups[0].HealthCheckType": HealthCheckType,
          "AutoScalingGroups[0].TargetGroupARNs": TargetGroupARNs,
        },
      },
    },
  ];
}

export function lifecycleHookCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const group = inputs.take<string>("autoscalingGroupName")!;
  const hook = Object.fromEntries(
    ["name", "defaultResult", "heartbeatTimeout", "lifecycleTransition"].map((name) => [name, inputs.take(name)]),
  );
  inputs.done();
  return [putHook(resource.urn, group, hook)];
}

function putHook(urn: string, AutoScalingGroupName: string, { name, ...others }: Hook): ApiCall {
  const rest = capitalized(others);
  return {
    urn,
    service,
    operation: "PutLifecycleHook",
    parameters: given({ AutoScalingGroupName, LifecycleHookName: name, ...rest }) as Parameters,
    readBack: {
      operation: "DescribeLifecycleHooks",
      parameters: { AutoScalingGroupName, LifecycleHookNames: [name] },
      expected: {
        "LifecycleHooks[].HeartbeatTimeout": [rest["HeartbeatTimeout"]],
        "LifecycleHooks[].DefaultResult": [rest["DefaultResult"]],
      },
    },
  };
}

interface Tracking {
  readonly disableScaleIn?: boolean;
  readonly predefinedMetricSpecification?: Record<string, unknown>;
  readonly targetValue: number;
}

export function policyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [AutoScalingGroupName, PolicyName, PolicyType] = ["autoscalingGroupName", "name", "policyType"].map((name) =>
    inputs.take(name),
  );
  const tracking = inputs.take<Tracking>("targetTrackingConfiguration")!;
  const parameters = given({
    AutoScalingGroupName,
    PolicyName,
    PolicyType,
    Enabled: inputs.take("enabled"),
    TargetTrackingConfiguration: given({
      PredefinedMetricSpecification: members(tracking.predefinedMetricSpecification),
      TargetValue: tracking.targetValue,
      DisableScaleIn: tracking.disableScaleIn,
    }),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "PutScalingPolicy",
      parameters,
      readBack: {
        operation: "DescribePolicies",
        parameters: { AutoScalingGroupName, PolicyNames: [PolicyName] },
        expected: {
          "ScalingPolicies[].PolicyType": [PolicyType],
          "ScalingPolicies[].TargetTrackingConfiguration.TargetValue": [tracking.targetValue],
        },
      },
    },
  ];
}

interface Mixed {
  readonly instancesDistribution?: Record<string, unknown>;
  readonly launchTemplate: {
    readonly launchTemplateSpecification: Record<string, unknown>;
    readonly overrides?: readonly Record<string, unknown>[];
  };
}

function mixed(policy: Mixed | undefined): object | undefined {
  if (!policy) return undefined;
  const { launchTemplateSpecification, overrides } = policy.launchTemplate;
  return given({
    InstancesDistribution: members(policy.instancesDistribution),
    LaunchTemplate: given({
      LaunchTemplateSpecification: members(launchTemplateSpecification),
      Overrides: overrides?.map(members),
    }),
  });
}

function members(values: object | undefined): Record<string, unknown> | undefined {
  return values && capitalized(values as Record<string, unknown>);
}
