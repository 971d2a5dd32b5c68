import type { PropertyMap } from "../../property/value";
import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { byDefault, computed, flag, integer, objects, required, secret, text, textMap, texts } from "../properties";
import { byRegion, type Change, forceNew } from "../replacement";

const file = "internal/service/elasticache/replication_group.go";

/** Whether a version is lower than another, number by number. */
function isLower(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) => version.split(".").map(Number));
  const at = a!.findIndex((part, index) => part !== b![index]);
  return at >= 0 && a![at]! < (b![at] ?? 0);
}

const textOf = (inputs: PropertyMap, name: string): string => (inputs[name] as string | undefined) ?? "";

const nodeNames = (id: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`);

/** `aws:elasticache/replicationGroup:ReplicationGroup`, without cluster mode. */
export const replicationGroup: Definition = {
  table: {
    inputs: {
      applyImmediately: flag,
      atRestEncryptionEnabled: flag,
      authToken: secret(text),
      authTokenUpdateStrategy: text,
      authTokenWo: secret(text),
      authTokenWoVersion: integer,
      autoMinorVersionUpgrade: flag,
      automaticFailoverEnabled: byDefault(false, flag),
      clusterMode: text,
      dataTieringEnabled: flag,
      description: required(text),
      durability: text,
      engine: text,
      engineVersion: text,
      finalSnapshotIdentifier: text,
      globalReplicationGroupId: text,
      ipDiscovery: text,
      kmsKeyId: text,
      logDeliveryConfigurations: objects({
        destination: required(text),
        destinationType: required(text),
        logFormat: required(text),
        logType: required(text),
      }),
      maintenanceWindow: text,
      multiAzEnabled: byDefault(false, flag),
      networkType: text,
      nodeGroupConfigurations: objects({
        nodeGroupId: text,
        primaryAvailabilityZone: text,
        primaryOutpostArn: text,
        replicaAvailabilityZones: texts,
        replicaCount: integer,
        replicaOutpostArns: texts,
        slots: text,
      }),
      nodeType: text,
      notificationTopicArn: text,
      numCacheClusters: integer,
      numNodeGroups: integer,
      parameterGroupName: text,
      port: integer,
      preferredCacheClusterAzs: texts,
      region: text,
      replicasPerNodeGroup: integer,
      replicationGroupId: text,
      securityGroupIds: texts,
      securityGroupNames: texts,
      snapshotArns: texts,
      snapshotName: text,
      snapshotRetentionLimit: integer,
      snapshotWindow: text,
      subnetGroupName: text,
      tags: textMap,
      transitEncryptionEnabled: flag,
      transitEncryptionMode: text,
      userGroupIds: texts,
    },
    outputs: {
      arn: computed(text),
      clusterEnabled: computed(flag),
      configurationEndpointAddress: computed(text),
      engineVersionActual: computed(text),
      memberClusters: computed(texts),
      primaryEndpointAddress: computed(text),
      readerEndpointAddress: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "applyImmediately",
      "atRestEncryptionEnabled",
      "autoMinorVersionUpgrade",
      "clusterMode",
      "dataTieringEnabled",
      "durability",
      "engine",
      "engineVersion",
      "globalReplicationGroupId",
      "ipDiscovery",
      "maintenanceWindow",
      "networkType",
      "nodeGroupConfigurations",
      "nodeType",
      "numCacheClusters",
      "numNodeGroups",
      "parameterGroupName",
      "region",
      "replicasPerNodeGroup",
      "replicationGroupId",
      "securityGroupIds",
      "securityGroupNames",
      "snapshotWindow",
      "subnetGroupName",
      "transitEncryptionEnabled",
      "transitEncryptionMode",
    ],
  },
  replacement: [
    ...forceNew(
      file,
      "atRestEncryptionEnabled",
      "dataTieringEnabled",
      "globalReplicationGroupId",
      "kmsKeyId",
      "networkType",
      "port",
      "replicationGroupId",
      "securityGroupNames",
      "snapshotArns",
      "snapshotName",
      "subnetGroupName",
    ),
    {
      path: "engineVersion",
      source: `${file} ForceNewIf: customizeDiffEngineVersionForceNewOnDowngrade`,
      when: ({ before, after }: Change) => isLower(textOf(after, "engineVersion"), textOf(before, "engineVersion")),
    },
    {
      path: "engine",
      source: `${file} ForceNewIf: customizeDiffEngineForceNewOnDowngrade`,
      when: ({ before, after }: Change) => before["engine"] === "valkey" && after["engine"] !== "valkey",
    },
    byRegion,
  ],
  autonaming: { property: "replicationGroupId", maxLength: 40, lowercase: true },
  sets: [
    "logDeliveryConfigurations",
    "nodeGroupConfigurations",
    "securityGroupIds",
    "securityGroupNames",
    "snapshotArns",
    "userGroupIds",
  ],

  check(inputs) {
    const problems = [];
    if (inputs["multiAzEnabled"] === true && inputs["automaticFailoverEnabled"] !== true)
      problems.push({ property: "multiAzEnabled", reason: "needs automaticFailoverEnabled" });
    const nodes = inputs["numCacheClusters"];
    if (inputs["automaticFailoverEnabled"] === true && typeof nodes === "number" && nodes < 2)
      problems.push({ property: "numCacheClusters", reason: "has to be 2 at least for automatic failover" });
    return problems;
  },

  renewed(state, inputs): PropertyMap {
    const count = inputs["numCacheClusters"] as number | undefined;
    const members = state["memberClusters"] as unknown[] | undefined;
    if (count === undefined || count === members?.length) return {};
    return { memberClusters: nodeNames(textOf(state, "replicationGroupId"), count) };
  },

  create(inputs, { account, region }) {
    const id = String(inputs["replicationGroupId"]).toLowerCase();
    const engine = textOf(inputs, "engine") || "redis";
    const version = textOf(inputs, "engineVersion") || "7.1";
    const nodes = (inputs["numCacheClusters"] as number | undefined) ?? 1;
    // As ElastiCache draws them for an account and region.
    const place = `${newHex(6)}.${region}.cache.amazonaws.com`;
    const outputs = {
      applyImmediately: false,
      arn: arn("elasticache", `replicationgroup:${id}`, account, region),
      atRestEncryptionEnabled: engine === "valkey",
      autoMinorVersionUpgrade: true,
      clusterEnabled: false,
      clusterMode: "disabled",
      configurationEndpointAddress: "",
      dataTieringEnabled: false,
      durability: "",
      engine,
      engineVersion: version,
      engineVersionActual: `${version}.1`,
      globalReplicationGroupId: "",
      ipDiscovery: "ipv4",
      maintenanceWindow: "sun:05:00-sun:06:00",
      memberClusters: nodeNames(id, nodes),
      networkType: "ipv4",
      nodeGroupConfigurations: [],
      nodeType: "",
      numCacheClusters: nodes,
      numNodeGroups: 1,
      parameterGroupName: `default.${engine}${version.split(".")[0]}`,
      primaryEndpointAddress: `master.${id}.${place}`,
      readerEndpointAddress: `replica.${id}.${place}`,
      replicasPerNodeGroup: nodes - 1,
      securityGroupIds: [],
      securityGroupNames: [],
      snapshotWindow: "03:00-04:00",
      subnetGroupName: "default",
      transitEncryptionEnabled: false,
      transitEncryptionMode: "",
    };
    return { id, outputs };
  },
};
