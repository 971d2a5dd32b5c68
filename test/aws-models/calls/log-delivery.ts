import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";

const service = "logs";

export function deliverySourceCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [name, resourceArn, logType] = [inputs.take("name"), inputs.take("resourceArn"), inputs.take("logType")];
  const parameters = given({ name, resourceArn, logType, tags: inputs.take("tags") }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "PutDeliverySource",
      parameters,
      readBack: {
        operation: "GetDeliverySource",
        parameters: { name },
        expected: { "deliverySource.resourceArns": [resourceArn], "deliverySource.logType": logType },
      },
    },
  ];
}

export function deliveryDestinationCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [name, outputFormat] = [inputs.take("name"), inputs.take("outputFormat")];
  const deliveryDestinationConfiguration = inputs.take<Parameters>("deliveryDestinationConfiguration");
  const parameters = given({
    name,
    outputFormat,
    deliveryDestinationConfiguration,
    deliveryDestinationType: inputs.take("deliveryDestinationType"),
    tags: inputs.take("tags"),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "PutDeliveryDestination",
      parameters,
      draws: { id: String(resource.outputs["arn"]), from: "deliveryDestination.arn" },
      readBack: {
        operation: "GetDeliveryDestination",
        parameters: { name },
        expected: {
          "deliveryDestination.outputFormat": outputFormat,
          "deliveryDestination.deliveryDestinationConfiguration": deliveryDestinationConfiguration,
        },
      },
    },
  ];
}

export function deliveryCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [deliverySourceName, deliveryDestinationArn] = [
    inputs.take("deliverySourceName"),
    inputs.take("deliveryDestinationArn"),
  ];
  const parameters = given({
    deliverySourceName,
    deliveryDestinationArn,
    fieldDelimiter: inputs.take("fieldDelimiter"),
    recordFields: inputs.take("recordFields"),
    tags: inputs.take("tags"),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "CreateDelivery",
      parameters,
      draws: { id: resource.id, from: "delivery.id" },
      readBack: {
        operation: "GetDelivery",
        parameters: { id: resource.id },
        expected: {
          "delivery.deliverySourceName": deliverySourceName,
          "delivery.deliveryDestinationArn": deliveryDestinationArn,
        },
      },
    },
  ];
}
