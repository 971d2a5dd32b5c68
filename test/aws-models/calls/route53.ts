import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

export function recordCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("allowOverwrite");
  const HostedZoneId = inputs.take("zoneId");
  const [Name, Type] = [(inputs.take<string>("name") ?? "").replace(/\.$/, ""), inputs.take("type")];
  const records = inputs.take<string[]>("records");
  const [alias] = inputs.take<AliasInput[]>("aliases") ?? [];
  const SetIdentifier = inputs.take("setIdentifier");
  const ResourceRecordSet = given({
    Name,
    Type,
    TTL: inputs.take("ttl"),
    ResourceRecords: records?.map((Value) => ({ Value })),
    AliasTarget: alias && {
      DNSName: alias.name,
      HostedZoneId: alias.zoneId,
      EvaluateTargetHealth: alias.evaluateTargetHealth,
    },
    SetIdentifier,
    Weight: inputs.take<{ weight: number }[]>("weightedRoutingPolicies")?.[0]?.weight,
    Failover: inputs.take<{ type: string }[]>("failoverRoutingPolicies")?.[0]?.type,
    HealthCheckId: inputs.take("healthCheckId"),
  }) as Parameters;
  inputs.done();
  const { TTL, Weight, Failover } = ResourceRecordSet;
  const sets = SetIdentifier === undefined ? "" : ` && SetIdentifier=='${String(SetIdentifier)}'`;
  const listed = Name.replace("*", "\\052"); // as Route 53 lists it
  const own = `ResourceRecordSets[?(Name=='${Name}.' || Name=='${listed}.') && Type=='${String(Type)}'${sets}]`;
  const expected = Object.entries({ TTL, Weight, Failover, "AliasTarget.DNSName": alias?.name })
    .filter(([, value]) => value !== undefined)
    .map(([part, value]) => [`${own}.${part}`, [value]]);
  return [
    {
      urn: resource.urn,
      service: "route53",
      operation: "ChangeResourceRecordSets",
      parameters: { HostedZoneId, ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet }] } },
      readBack: {
        operation: "ListResourceRecordSets",
        parameters: { HostedZoneId },
        expected: {
          ...(Object.fromEntries(expected) as Parameters),
          ...(records && { [`${own}.ResourceRecords[].Value`]: records }),
        },
      },
    },
  ];
}

interface AliasInput {
  name: string;
  zoneId: string;
  evaluateTargetHealth: boolean;
}

export function zoneCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("forceDestroy");
  const Name = inputs.take("name");
  const Comment = inputs.take("comment");
  const tags = tagList(inputs.take("tags"));
  inputs.done();
  const call = { urn: resource.urn, service: "route53" };
  return [
    {
      ...call,
      operation: "CreateHostedZone",
      parameters: { Name, CallerReference: resource.urn.slice(-128), HostedZoneConfig: { Comment } },
      draws: { id: resource.id, from: "HostedZone.Id" },
      readBack: {
        operation: "GetHostedZone",
        parameters: { Id: resource.id },
        expected: { "HostedZone.Name": `${String(Name)}.`, "HostedZone.Config.Comment": Comment },
      },
    },
    ...tagCalls(call, "hostedzone", resource.id, tags),
  ];
}

export function healthCheckCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  const HealthCheckConfig = given({
    Type: inputs.take("type"),
    IPAddress: inputs.take("ipAddress"),
    FullyQualifiedDomainName: inputs.take("fqdn"),
    Port: inputs.take("port"),
    ResourcePath: inputs.take("resourcePath"),
    RequestInterval: inputs.take("requestInterval"),
    FailureThreshold: inputs.take("failureThreshold"),
    EnableSNI: inputs.take("enableSni"),
    MeasureLatency: inputs.take("measureLatency"),
    Disabled: inputs.take("disabled"),
  }) as Parameters;
  const tags = tagList(inputs.take("tags"));
  inputs.done();
  const call = { urn: resource.urn, service: "route53" };
  const { Type, ResourcePath, Port } = HealthCheckConfig;
  return [
    {
      ...call,
      operation: "CreateHealthCheck",
      parameters: { CallerReference: resource.id, HealthCheckConfig },
      draws: { id: resource.id, from: "HealthCheck.Id" },
      readBack: {
        operation: "GetHealthCheck",
        parameters: { HealthCheckId: resource.id },
        expected: {
          "HealthCheck.HealthCheckConfig.Type": Type,
          "HealthCheck.HealthCheckConfig.ResourcePath": ResourcePath,
          "HealthCheck.HealthCheckConfig.Port": Port,
        },
      },
    },
    ...tagCalls(call, "healthcheck", resource.id, tags),
  ];
}

/** Route 53 takes no tags where it makes something. */
function tagCalls(
  call: { urn: string; service: string },
  ResourceType: string,
  ResourceId: string,
  AddTags: ReturnType<typeof tagList>,
): ApiCall[] {
  if (!AddTags) return [];
  return [{ ...call, operation: "ChangeTagsForResource", parameters: { ResourceType, ResourceId, AddTags } }];
}
