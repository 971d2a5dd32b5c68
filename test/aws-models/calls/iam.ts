import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

export function roleCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("forceDetachPolicies");
  const RoleName = inputs.take("name");
  const document = inputs.take<string>("assumeRolePolicy") ?? "";
  const parameters = given({
    RoleName,
    AssumeRolePolicyDocument: document,
    Path: inputs.take("path"),
    Description: inputs.take("description"),
    MaxSessionDuration: inputs.take("maxSessionDuration"),
    PermissionsBoundary: inputs.take("permissionsBoundary"),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "iam",
      operation: "CreateRole",
      parameters,
      readBack: {
        operation: "GetRole",
        parameters: { RoleName },
        expected: { "Role.RoleName": RoleName, "Role.AssumeRolePolicyDocument": JSON.parse(document) as unknown },
      },
    },
  ];
}

export function rolePolicyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  const [RoleName, PolicyName] = [inputs.take("role"), inputs.take("name")];
  const PolicyDocument = inputs.take<string>("policy") ?? "";
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "iam",
      operation: "PutRolePolicy",
      parameters: { RoleName, PolicyName, PolicyDocument },
      readBack: {
        operation: "GetRolePolicy",
        parameters: { RoleName, PolicyName },
        expected: { PolicyDocument: JSON.parse(PolicyDocument) as unknown },
      },
    },
  ];
}

export function rolePolicyAttachmentCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  const [RoleName, PolicyArn] = [inputs.take("role"), inputs.take("policyArn")];
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "iam",
      operation: "AttachRolePolicy",
      parameters: { RoleName, PolicyArn },
      readBack: {
        operation: "ListAttachedRolePolicies",
        parameters: { RoleName },
        expected: { "AttachedPolicies[].PolicyArn": [PolicyArn] },
      },
    },
  ];
}

export function instanceProfileCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  const InstanceProfileName = inputs.take("name");
  const RoleName = inputs.take("role");
  const create = given({ InstanceProfileName, Path: inputs.take("path"), Tags: tagList(inputs.take("tags")) });
  inputs.done();
  const call = { urn: resource.urn, service: "iam" };
  const profile: ApiCall = { ...call, operation: "CreateInstanceProfile", parameters: create as Parameters };
  if (RoleName === undefined) return [profile];
  return [
    profile,
    {
      ...call,
      operation: "AddRoleToInstanceProfile",
      parameters: { InstanceProfileName, RoleName },
      readBack: {
        operation: "GetInstanceProfile",
        parameters: { InstanceProfileName },
        expected: { "InstanceProfile.Roles[].RoleName": [RoleName] },
      },
    },
  ];
}
