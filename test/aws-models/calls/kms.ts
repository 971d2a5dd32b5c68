import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";

export function keyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  // What happens when it is deleted, and that it is enabled, which keys are when they are made.
  inputs.leave("region", "deletionWindowInDays", "isEnabled");
  const rotates = inputs.take("enableKeyRotation") === true;
  const tags = inputs.take<Record<string, string>>("tags") ?? {};
  const [Description, KeySpec] = [inputs.take("description"), inputs.take("customerMasterKeySpec")];
  const parameters = given({
    Description,
    KeySpec,
    KeyUsage: inputs.take("keyUsage"),
    Policy: inputs.take("policy"),
    BypassPolicyLockoutSafetyCheck: inputs.take("bypassPolicyLockoutSafetyCheck"),
    Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
  }) as Parameters;
  inputs.done();
  const call = { urn: resource.urn, service: "kms" };
  const KeyId = resource.id;
  const create: ApiCall = {
    ...call,
    operation: "CreateKey",
    parameters,
    draws: { id: KeyId, from: "KeyMetadata.KeyId" },
    readBack: {
      operation: "DescribeKey",
      parameters: { KeyId },
      expected: { "KeyMetadata.Description": Description, "KeyMetadata.KeySpec": KeySpec },
    },
  };
  if (!rotates) return [create];
  const rotate: ApiCall = {
    ...call,
    operation: "EnableKeyRotation",
    parameters: { KeyId },
    readBack: { operation: "GetKeyRotationStatus", parameters: { KeyId }, expected: { KeyRotationEnabled: true } },
  };
  return [create, rotate];
}
