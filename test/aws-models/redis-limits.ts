import type { Limit } from "./limits";

const operation = "elasticache.CreateReplicationGroup";
const source = "ElastiCache API Reference, CreateReplicationGroup";

/** What replication groups of ElastiCache may be like. */
export const redisLimits: readonly Limit[] = [
  {
    operation,
    path: "ReplicationGroupId",
    maxLength: 40,
    pattern: "[a-z][a-z0-9-]*[a-z0-9]",
    not: ".*--.*",
    source,
  },
  { operation, path: "NumCacheClusters", range: [1, 6], source },
  { operation, path: "SnapshotRetentionLimit", range: [0, 35], source },
  {
    operation,
    path: "AuthToken",
    maxLength: 128,
    pattern: "[A-Za-z0-9!&#$^<>-]{16,}",
    source: "Amazon ElastiCache User Guide, Authenticating with the Valkey and Redis OSS AUTH command",
  },
  {
    operation: "elasticache.CreateCacheSubnetGroup",
    path: "CacheSubnetGroupName",
    maxLength: 255,
    pattern: "[A-Za-z0-9-]+",
    source: "ElastiCache API Reference, CreateCacheSubnetGroup",
  },
];
