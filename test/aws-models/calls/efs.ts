import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { capitalized } from "./ec2-parameters";

const service = "efs";

/** The file system, then where its files go that nobody reads. */
export function fileSystemCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const Encrypted = inputs.take("encrypted");
  const policies = inputs.take<Record<string, string>[]>("lifecyclePolicies") ?? [];
  const parameters = given({
    CreationToken: inputs.take("creationToken") ?? resource.id,
    Encrypted,
    PerformanceMode: inputs.take("performanceMode"),
    ThroughputMode: inputs.take("throughputMode"),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const call = { urn: resource.urn, service };
  const create: ApiCall = {
    ...call,
    operation: "CreateFileSystem",
    parameters,
    draws: { id: resource.id, from: "FileSystemId" },
    readBack: {
      operation: "DescribeFileSystems",
      parameters: { FileSystemId: resource.id },
      expected: { "FileSystems[0].Encrypted": Encrypted },
    },
  };
  if (policies.length === 0) return [create];
  const LifecyclePolicies = policies.map((policy) => {
    const { transitionToIa: TransitionToIA, ...others } = policy;
    return given({ TransitionToIA, ...capitalized(others) });
  });
  return [
    create,
    {
      ...call,
      operation: "PutLifecycleConfiguration",
      parameters: { FileSystemId: resource.id, LifecyclePolicies } as Parameters,
    },
  ];
}

export function mountTargetCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const FileSystemId = inputs.take("fileSystemId");
  const SubnetId = inputs.take("subnetId");
  const parameters = given({
    FileSystemId,
    SubnetId,
    SecurityGroups: inputs.take("securityGroups"),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "CreateMountTarget",
      parameters,
      readBack: {
        operation: "DescribeMountTargets",
        parameters: { FileSystemId } as Parameters,
        expected: { "MountTargets[0].SubnetId": SubnetId },
      },
    },
  ];
}

export function backupPolicyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const FileSystemId = inputs.take("fileSystemId");
  const policy = inputs.take<{ status: string }>("backupPolicy");
  inputs.done();
  const parameters = { FileSystemId, BackupPolicy: { Status: policy?.status } } as Parameters;
  const motoRefuses = {
    reason: "moto has no backup policies of EFS",
    error: /\(500\) when calling the PutBackupPolicy/,
  };
  return [{ urn: resource.urn, service, operation: "PutBackupPolicy", parameters, motoRefuses }];
}
