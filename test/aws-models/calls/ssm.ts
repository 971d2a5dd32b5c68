import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

export function parameterCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [Name, Type] = [inputs.take("name"), inputs.take("type")];
  const Value = inputs.take("value") ?? inputs.take("insecureValue");
  const parameters = given({
    Name,
    Type,
    Value,
    Description: inputs.take("description"),
    KeyId: inputs.take("keyId"),
    Tier: inputs.take("tier"),
    DataType: inputs.take("dataType"),
    Overwrite: inputs.take("overwrite"),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ssm",
      operation: "PutParameter",
      parameters,
      readBack: {
        operation: "GetParameter",
        parameters: { Name, WithDecryption: true },
        expected: { "Parameter.Type": Type, "Parameter.Value": Value },
      },
    },
  ];
}
