import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

const service = "elasticache";

export function subnetGroupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const name = inputs.take("name");
  const parameters = given({
    CacheSubnetGroupName: name,
    CacheSubnetGroupDescription: inputs.take("description"),
    SubnetIds: inputs.take("subnetIds"),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "CreateCacheSubnetGroup",
      parameters,
      readBack: {
        operation: "DescribeCacheSubnetGroups",
        parameters: { CacheSubnetGroupName: name },
        expected: { "CacheSubnetGroups[0].CacheSubnetGroupName": name },
      },
    },
  ];
}

const noParameterGroups = { reason: "moto has no parameter groups of ElastiCache", error: /Internal Server Error/ };

/** The group, then what is other than in its family. */
export function parameterGroupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const CacheParameterGroupName = inputs.take("name");
  const parameters = inputs.take<{ name: string; value: string }[]>("parameters") ?? [];
  const create = given({
    CacheParameterGroupName,
    CacheParameterGroupFamily: inputs.take("family"),
    Description: inputs.take("description"),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const call = { urn: resource.urn, service };
  const ParameterNameValues = parameters.map(({ name, value }) => ({ ParameterName: name, ParameterValue: value }));
  return [
    { ...call, operation: "CreateCacheParameterGroup", parameters: create, motoRefuses: noParameterGroups },
    ...(parameters.length
      ? [
          {
            ...call,
            operation: "ModifyCacheParameterGroup",
            parameters: { CacheParameterGroupName, ParameterNameValues },
            motoRefuses: noParameterGroups,
          },
        ]
      : []),
  ];
}

export function replicationGroupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "applyImmediately", "authTokenUpdateStrategy");
  const id = inputs.take("replicationGroupId");
  const TransitEncryptionEnabled = inputs.take("transitEncryptionEnabled");
  const parameters = given({
    ReplicationGroupId: id,
    ReplicationGroupDescription: inputs.take("description"),
    Engine: inputs.take("engine"),
    EngineVersion: inputs.take("engineVersion"),
    CacheNodeType: inputs.take("nodeType"),
    NumCacheClusters: inputs.take("numCacheClusters"),
    AutomaticFailoverEnabled: inputs.take("automaticFailoverEnabled"),
    MultiAZEnabled: inputs.take("multiAzEnabled"),
    CacheParameterGroupName: inputs.take("parameterGroupName"),
    CacheSubnetGroupName: inputs.take("subnetGroupName"),
    SecurityGroupIds: inputs.take("securityGroupIds"),
    Port: inputs.take("port"),
    AtRestEncryptionEnabled: inputs.take("atRestEncryptionEnabled"),
    TransitEncryptionEnabled,
    TransitEncryptionMode: inputs.take("transitEncryptionMode"),
    AuthToken: inputs.take("authToken"),
    SnapshotRetentionLimit: inputs.take("snapshotRetentionLimit"),
    AutoMinorVersionUpgrade: inputs.take("autoMinorVersionUpgrade"),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "CreateReplicationGroup",
      parameters,
      readBack: {
        operation: "DescribeReplicationGroups",
        parameters: { ReplicationGroupId: id },
        expected: { "ReplicationGroups[0].TransitEncryptionEnabled": TransitEncryptionEnabled },
      },
    },
  ];
}
