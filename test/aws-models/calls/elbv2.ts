import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { actionsOf, conditionsOf, type RecordedAction, type RecordedCondition } from "./elbv2-rules";

/** Attributes of a balancer that passes connections on; the provider sets those of one kind on no other. */
const networkAttributes: Readonly<Record<string, string>> = {
  dnsRecordClientRoutingPolicy: "dns_record.client_routing_policy",
  enableCrossZoneLoadBalancing: "load_balancing.cross_zone.enabled",
  enableDeletionProtection: "deletion_protection.enabled",
  enableZonalShift: "zonal_shift.config.enabled",
};

/** Attributes of a balancer that reads requests, as AWS calls them. */
const balancerAttributes: Readonly<Record<string, string>> = {
  clientKeepAlive: "client_keep_alive.seconds",
  desyncMitigationMode: "routing.http.desync_mitigation_mode",
  dropInvalidHeaderFields: "routing.http.drop_invalid_header_fields.enabled",
  enableDeletionProtection: "deletion_protection.enabled",
  enableHttp2: "routing.http2.enabled",
  enableTlsVersionAndCipherSuiteHeaders: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
  enableWafFailOpen: "waf.fail_open.enabled",
  enableXffClientPort: "routing.http.xff_client_port.enabled",
  enableZonalShift: "zonal_shift.config.enabled",
  idleTimeout: "idle_timeout.timeout_seconds",
  preserveHostHeader: "routing.http.preserve_host_header.enabled",
  xffHeaderProcessingMode: "routing.http.xff_header_processing.mode",
};

const targetGroupAttributes: Readonly<Record<string, string>> = {
  deregistrationDelay: "deregistration_delay.timeout_seconds",
  slowStart: "slow_start.duration_seconds",
};

/** Of a group of machines that connections are passed on to. */
const tcpGroupAttributes: Readonly<Record<string, string>> = {
  deregistrationDelay: "deregistration_delay.timeout_seconds",
  preserveClientIp: "preserve_client_ip.enabled",
  proxyProtocolV2: "proxy_protocol_v2.enabled",
};

interface Logs {
  readonly bucket: string;
  readonly enabled?: boolean;
  readonly prefix?: string;
}

export function loadBalancerCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const isNetwork = resource.inputs["loadBalancerType"] === "network";
  const [own, others] = isNetwork ? [networkAttributes, balancerAttributes] : [balancerAttributes, networkAttributes];
  const Name = inputs.take("name");
  const logs = inputs.take<Logs>("accessLogs");
  const SecurityGroups = inputs.take<string[]>("securityGroups");
  const Subnets = inputs.take<string[]>("subnets");
  const parameters = given({
    Name,
    Type: inputs.take("loadBalancerType"),
    Scheme: inputs.take("internal") === true ? "internal" : undefined,
    IpAddressType: inputs.take("ipAddressType"),
    SecurityGroups,
    Subnets,
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  const attributes = {
    ...attributesOf(inputs, own),
    ...(logs && {
      "access_logs.s3.enabled": String(logs.enabled ?? false),
      "access_logs.s3.bucket": logs.bucket,
      ...(logs.prefix !== undefined && { "access_logs.s3.prefix": logs.prefix }),
    }),
  };
  inputs.leave(...Object.keys(others));
  inputs.done();
  const create: ApiCall = {
    ...call(resource, "CreateLoadBalancer", parameters),
    draws: { id: resource.id, from: "LoadBalancers[0].LoadBalancerArn" },
    readBack: {
      operation: "DescribeLoadBalancers",
      parameters: { LoadBalancerArns: [resource.id] },
      expected: {
        "LoadBalancers[0].LoadBalancerName": Name,
        "LoadBalancers[0].SecurityGroups": SecurityGroups,
        "LoadBalancers[0].AvailabilityZones[].SubnetId": Subnets,
      },
    },
  };
  return [create, attributesCall(resource, "LoadBalancer", { LoadBalancerArn: resource.id }, attributes)];
}

interface HealthCheck {
  readonly enabled?: boolean;
  readonly healthyThreshold?: number;
  readonly interval?: number;
  readonly matcher?: string;
  readonly path?: string;
  readonly port?: string;
  readonly protocol?: string;
  readonly timeout?: number;
  readonly unhealthyThreshold?: number;
}

interface Stickiness {
  readonly type: string;
  readonly enabled?: boolean;
  readonly cookieDuration?: number;
}

export function targetGroupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "lambdaMultiValueHeadersEnabled"); // of functions
  const Name = inputs.take("name");
  const check = inputs.take<HealthCheck>("healthCheck") ?? {};
  const stickiness = inputs.take<Stickiness>("stickiness");
  const [Port, Protocol] = [inputs.take("port"), inputs.take("protocol")];
  const [own, others] =
    Protocol === "TCP" ? [tcpGroupAttributes, targetGroupAttributes] : [targetGroupAttributes, tcpGroupAttributes];
  const parameters = given({
    Name,
    Port,
    Protocol,
    ProtocolVersion: inputs.take("protocolVersion"),
    TargetType: inputs.take("targetType"),
    VpcId: inputs.take("vpcId"),
    HealthCheckEnabled: check.enabled ?? true,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckPath: check.path,
    HealthCheckPort: check.port,
    HealthCheckProtocol: check.protocol,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    Matcher: check.matcher === undefined ? undefined : { HttpCode: check.matcher },
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  const attributes = {
    ...attributesOf(inputs, own),
    ...(stickiness && {
      "stickiness.enabled": String(stickiness.enabled ?? true),
      "stickiness.type": stickiness.type,
      "stickiness.lb_cookie.duration_seconds": String(stickiness.cookieDuration ?? 86_400),
    }),
  };
  inputs.leave(...Object.keys(others));
  inputs.done();
  const create: ApiCall = {
    ...call(resource, "CreateTargetGroup", parameters),
    draws: { id: resource.id, from: "TargetGroups[0].TargetGroupArn" },
    readBack: {
      operation: "DescribeTargetGroups",
      parameters: { TargetGroupArns: [resource.id] },
      expected: {
        "TargetGroups[0].TargetGroupName": Name,
        "TargetGroups[0].Port": Port,
        "TargetGroups[0].Protocol": Protocol,
        "TargetGroups[0].HealthCheckPath": check.path,
        "TargetGroups[0].Matcher.HttpCode": check.matcher,
      },
    },
  };
  return [create, attributesCall(resource, "TargetGroup", { TargetGroupArn: resource.id }, attributes)];
}

export function targetGroupAttachmentCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const TargetGroupArn = inputs.take("targetGroupArn");
  const target = given({ Id: inputs.take("targetId"), Port: inputs.take("port") });
  inputs.done();
  const parameters = { TargetGroupArn, Targets: [target] };
  return [
    {
      ...call(resource, "RegisterTargets", parameters),
      readBack: {
        operation: "DescribeTargetHealth",
        parameters,
        expected: { "TargetHealthDescriptions[].Target.Id": [target?.Id] },
      },
    },
  ];
}

export function listenerCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const LoadBalancerArn = inputs.take("loadBalancerArn");
  const [Port, Protocol] = [inputs.take("port"), inputs.take("protocol")];
  const CertificateArn = inputs.take("certificateArn");
  const SslPolicy = inputs.take("sslPolicy");
  const attributes = attributesOf(inputs, { tcpIdleTimeoutSeconds: "tcp.idle_timeout.seconds" });
  const parameters = given({
    LoadBalancerArn,
    Port,
    Protocol,
    SslPolicy,
    Certificates: CertificateArn === undefined ? undefined : [{ CertificateArn }],
    DefaultActions: actionsOf(inputs.take<RecordedAction[]>("defaultActions") ?? []),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      ...call(resource, "CreateListener", parameters),
      draws: { id: resource.id, from: "Listeners[0].ListenerArn" },
      readBack: {
        operation: "DescribeListeners",
        parameters: { ListenerArns: [resource.id] },
        expected: {
          "Listeners[0].LoadBalancerArn": LoadBalancerArn,
          "Listeners[0].Port": Port,
          "Listeners[0].Protocol": Protocol,
        },
      },
    },
    ...(Object.keys(attributes).length > 0
      ? [attributesCall(resource, "Listener", { ListenerArn: resource.id }, attributes)]
      : []),
  ];
}

export function listenerRuleCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const priority = inputs.take<number>("priority");
  const conditions = inputs.take<RecordedCondition[]>("conditions") ?? [];
  const parameters = given({
    ListenerArn: inputs.take("listenerArn"),
    Priority: priority,
    Conditions: conditionsOf(conditions),
    Actions: actionsOf(inputs.take<RecordedAction[]>("actions") ?? []),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      ...call(resource, "CreateRule", parameters),
      draws: { id: resource.id, from: "Rules[0].RuleArn" },
      readBack: {
        operation: "DescribeRules",
        parameters: { RuleArns: [resource.id] },
        expected: {
          "Rules[0].Priority": String(priority),
          "Rules[0].Conditions[].HostHeaderConfig.Values[]": conditions.flatMap((one) => one.hostHeader?.values ?? []),
          "Rules[0].Conditions[].PathPatternConfig.Values[]": conditions.flatMap(
            (one) => one.pathPattern?.values ?? [],
          ),
        },
      },
    },
  ];
}

export function listenerCertificateCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const ListenerArn = inputs.take("listenerArn");
  const CertificateArn = inputs.take<string>("certificateArn") ?? "";
  inputs.done();
  return [
    {
      ...call(resource, "AddListenerCertificates", { ListenerArn, Certificates: [{ CertificateArn }] }),
      readBack: {
        operation: "DescribeListenerCertificates",
        parameters: { ListenerArn },
        expected: { [`Certificates[?CertificateArn=='${CertificateArn}'].IsDefault`]: [false] },
      },
    },
  ];
}

function call({ urn }: RecordedResource, operation: string, parameters: Parameters): ApiCall {
  return { urn, service: "elbv2", operation, parameters };
}

/** The inputs that AWS takes as attributes, which are texts. */
function attributesOf(inputs: Inputs, names: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(names).map(([input, key]) => [key, inputs.take(input)] as const);
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
}

function attributesCall(
  resource: RecordedResource,
  kind: "LoadBalancer" | "TargetGroup" | "Listener",
  of: Parameters,
  attributes: Readonly<Record<string, string>>,
): ApiCall {
  const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
  const expected = Attributes.map(({ Key, Value }) => [`Attributes[?Key=='${Key}'].Value`, [Value]]);
  return {
    ...call(resource, `Modify${kind}Attributes`, { ...of, Attributes }),
    readBack: {
      operation: `Describe${kind}Attributes`,
      parameters: of,
      expected: Object.fromEntries(expected) as Record<string, unknown>,
    },
  };
}
