import type { ApiCall } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";

export function recordCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("allowOverwrite");
  const HostedZoneId = inputs.take("zoneId");
  const [Name, Type, TTL] = [inputs.take<string>("name") ?? "", inputs.take("type"), inputs.take("ttl")];
  const records = inputs.take<string[]>("records") ?? [];
  inputs.done();
  const ResourceRecords = records.map((Value) => ({ Value }));
  const ResourceRecordSet = given({ Name, Type, TTL, ResourceRecords });
  const own = `ResourceRecordSets[?Name=='${Name}.' && Type=='${String(Type)}']`;
  return [
    {
      urn: resource.urn,
      service: "route53",
      operation: "ChangeResourceRecordSets",
      parameters: { HostedZoneId, ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet }] } },
      readBack: {
        operation: "ListResourceRecordSets",
        parameters: { HostedZoneId },
        expected: { [`${own}.TTL`]: [TTL], [`${own}.ResourceRecords[].Value`]: records },
      },
    },
  ];
}
