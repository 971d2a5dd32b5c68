import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { prefixed, tagged } from "./ec2-parameters";

export function logGroupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "skipDestroy");
  const logGroupName = inputs.take("name");
  const retentionInDays = inputs.take<number>("retentionInDays") ?? 0;
  const parameters = given({
    logGroupName,
    logGroupClass: inputs.take("logGroupClass"),
    kmsKeyId: inputs.take("kmsKeyId"),
    tags: inputs.take("tags"),
  }) as Parameters;
  inputs.done();
  const call = { urn: resource.urn, service: "logs" };
  const create: ApiCall = { ...call, operation: "CreateLogGroup", parameters };
  // None is kept forever, and none is what 0 stands for.
  if (retentionInDays === 0) return [create];
  const retain: ApiCall = {
    ...call,
    operation: "PutRetentionPolicy",
    parameters: { logGroupName, retentionInDays },
    readBack: {
      operation: "DescribeLogGroups",
      parameters: { logGroupNamePrefix: logGroupName },
      expected: { "logGroups[].retentionInDays": [retentionInDays] },
    },
  };
  return [create, retain];
}

export function logMetricFilterCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [logGroupName, filterName] = [inputs.take("logGroupName"), inputs.take("name")];
  const of = inputs.take<Record<string, unknown>>("metricTransformation") ?? {};
  const transformation = given({
    metricName: of["name"],
    metricNamespace: of["namespace"],
    metricValue: of["value"],
    // The provider has a text, the API a number.
    defaultValue: of["defaultValue"] === undefined ? undefined : Number(of["defaultValue"]),
    unit: of["unit"],
    dimensions: of["dimensions"],
  });
  const parameters = given({
    logGroupName,
    filterName,
    filterPattern: inputs.take("pattern"),
    metricTransformations: [transformation],
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "logs",
      operation: "PutMetricFilter",
      parameters,
      readBack: {
        operation: "DescribeMetricFilters",
        parameters: { logGroupName, filterNamePrefix: filterName },
        expected: {
          "metricFilters[].filterPattern": [parameters["filterPattern"]],
          "metricFilters[].metricTransformations[].metricName": [of["name"]],
        },
      },
    },
  ];
}

export function flowLogCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [vpc, TrafficType] = [inputs.take("vpcId"), inputs.take("trafficType")];
  const LogDestination = inputs.take("logDestination");
  const parameters = given({
    ResourceIds: [vpc],
    ResourceType: "VPC",
    TrafficType,
    LogDestination,
    LogDestinationType: inputs.take("logDestinationType"),
    DeliverLogsPermissionArn: inputs.take("iamRoleArn"),
    MaxAggregationInterval: inputs.take("maxAggregationInterval"),
    TagSpecifications: tagged("vpc-flow-log", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateFlowLogs",
      parameters,
      draws: { id: resource.id, from: "FlowLogIds[0]" },
      readBack: {
        operation: "DescribeFlowLogs",
        parameters: { FlowLogIds: [resource.id] },
        expected: prefixed("FlowLogs[0].", { ResourceId: vpc, TrafficType, LogDestination }),
      },
    },
  ];
}
