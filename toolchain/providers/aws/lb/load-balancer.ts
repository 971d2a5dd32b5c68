import { isPropertyList, type PropertyMap } from "../../property/value";
import { digits } from "../account/account";
import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { byDefault, computed, flag, integer, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, type Change, forceNew, type ReplacementRow } from "../replacement";

const file = "internal/service/elbv2/load_balancer.go";

const logs = object({ bucket: required(text), enabled: flag, prefix: text });

/** `aws:lb/loadBalancer:LoadBalancer`. Whether `secondaryIpsAutoAssignedPerSubnet` replaces it could not be looked up. */
export const loadBalancer: Definition = {
  table: {
    inputs: {
      accessLogs: logs,
      clientKeepAlive: byDefault(3600, integer),
      connectionLogs: logs,
      customerOwnedIpv4Pool: text,
      desyncMitigationMode: byDefault("defensive", text),
      dnsRecordClientRoutingPolicy: byDefault("any_availability_zone", text),
      dropInvalidHeaderFields: byDefault(false, flag),
      enableCrossZoneLoadBalancing: byDefault(false, flag),
      enableDeletionProtection: byDefault(false, flag),
      enableHttp2: byDefault(true, flag),
      enablePrefixForIpv6SourceNat: text,
      enableTlsVersionAndCipherSuiteHeaders: byDefault(false, flag),
      enableWafFailOpen: byDefault(false, flag),
      enableXffClientPort: byDefault(false, flag),
      enableZonalShift: byDefault(false, flag),
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: text,
      healthCheckLogs: logs,
      idleTimeout: byDefault(60, integer),
      internal: flag,
      ipAddressType: text,
      ipamPools: object({ ipv4IpamPoolId: required(text) }),
      loadBalancerType: byDefault("application", text),
      minimumLoadBalancerCapacity: object({ capacityUnits: required(integer) }),
      name: text,
      namePrefix: text,
      preserveHostHeader: byDefault(false, flag),
      region: text,
      secondaryIpsAutoAssignedPerSubnet: integer,
      securityGroups: texts,
      subnetMappings: objects({
        allocationId: text,
        ipv6Address: text,
        outpostId: text,
        privateIpv4Address: text,
        subnetId: required(text),
      }),
      subnets: texts,
      tags: textMap,
      xffHeaderProcessingMode: byDefault("append", text),
    },
    outputs: {
      arn: computed(text),
      arnSuffix: computed(text),
      dnsName: computed(text),
      tagsAll: computed(textMap),
      vpcId: computed(text),
      zoneId: computed(text),
    },
    filledIn: [
      "enablePrefixForIpv6SourceNat",
      "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
      "internal",
      "ipAddressType",
      "name",
      "namePrefix",
      "region",
      "secondaryIpsAutoAssignedPerSubnet",
      "securityGroups",
      "subnetMappings",
      "subnets",
    ],
  },
  replacement: [
    ...forceNew(file, "customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"),
    // Only more subnets can be given to one that passes connections on, and its groups can change but not come or go.
    ...networkOnly("subnets", (before, after) => after <= before),
    ...networkOnly("securityGroups", (before, after) => (before === 0) !== (after === 0)),
    byRegion,
  ],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 32 },
  sets: ["securityGroups", "subnets"],

  check(inputs) {
    const given = ["subnetMappings", "subnets"].filter((name) => (inputs[name] ?? null) !== null);
    return given.length === 1
      ? []
      : [{ property: "subnets", reason: "exactly one of subnetMappings and subnets has to be given" }];
  },

  create(inputs, { account, region }) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const kind = inputs["loadBalancerType"] === "network" ? "net" : "app";
    const suffix = `${kind}/${name}/${newHex(16)}`;
    const own = arn("elasticloadbalancing", `loadbalancer/${suffix}`, account, region);
    const outputs = {
      arn: own,
      arnSuffix: suffix,
      dnsName: `${inputs["internal"] === true ? "internal-" : ""}${name}-${newHex(9)}.${region}.elb.amazonaws.com`,
      enablePrefixForIpv6SourceNat: "",
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
      internal: false,
      ipAddressType: "ipv4",
      name,
      namePrefix: "",
      secondaryIpsAutoAssignedPerSubnet: 0,
      securityGroups: [],
      subnetMappings: subnetsOf(inputs).map((subnetId) => ({ subnetId })),
      subnets: [],
      vpcId: account.vpcId,
      // The zone of all balancers of a kind in a region.
      zoneId: `Z${digits(13, "elb", kind, region).toUpperCase()}`,
    };
    return { id: own, outputs };
  },
};

/** A row for balancers that pass connections on, by how many items the list had and has. */
function networkOnly(path: string, replaces: (before: number, after: number) => boolean): ReplacementRow[] {
  const count = (inputs: PropertyMap): number => {
    const value = inputs[path];
    return isPropertyList(value) ? value.length : 0;
  };
  const when = ({ before, after }: Change): boolean =>
    after["loadBalancerType"] === "network" && replaces(count(before), count(after));
  return [{ path, source: `${file} ForceNew`, when }];
}

function subnetsOf({ subnets }: PropertyMap): string[] {
  return isPropertyList(subnets) ? subnets.map(String) : [];
}
