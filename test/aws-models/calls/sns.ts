import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

export function topicCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "fifoTopic", "contentBasedDeduplication");
  const parameters = given({ Name: inputs.take("name"), Tags: tagList(inputs.take("tags")) }) as Parameters;
  const keyId = inputs.take("kmsMasterKeyId");
  inputs.done();
  const call = { urn: resource.urn, service: "sns" };
  const create: ApiCall = {
    ...call,
    operation: "CreateTopic",
    parameters,
    draws: { id: resource.id, from: "TopicArn" },
  };
  return keyId === undefined ? [create] : [create, attributeCall(call, resource.id, "KmsMasterKeyId", keyId)];
}

export function topicPolicyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [topic, policy] = [inputs.take("arn"), inputs.take("policy")];
  inputs.done();
  return [attributeCall({ urn: resource.urn, service: "sns" }, topic, "Policy", policy)];
}

/** The provider sets what is not part of creating a topic one by one. */
function attributeCall(
  call: Pick<ApiCall, "urn" | "service">,
  TopicArn: unknown,
  AttributeName: string,
  AttributeValue: unknown,
): ApiCall {
  return {
    ...call,
    operation: "SetTopicAttributes",
    parameters: { TopicArn, AttributeName, AttributeValue },
    readBack: {
      operation: "GetTopicAttributes",
      parameters: { TopicArn },
      expected: { [`Attributes.${AttributeName}`]: AttributeValue },
    },
  };
}

export function topicSubscriptionCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "confirmationTimeoutInMinutes", "endpointAutoConfirms", "rawMessageDelivery");
  const [TopicArn, Protocol, Endpoint] = [inputs.take("topic"), inputs.take("protocol"), inputs.take("endpoint")];
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "sns",
      operation: "Subscribe",
      parameters: { TopicArn, Protocol, Endpoint, ReturnSubscriptionArn: true },
      readBack: {
        operation: "ListSubscriptionsByTopic",
        parameters: { TopicArn },
        expected: { "Subscriptions[].Endpoint": [Endpoint], "Subscriptions[].Protocol": [Protocol] },
      },
    },
  ];
}
