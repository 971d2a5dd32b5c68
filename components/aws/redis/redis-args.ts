import type { Input } from "@pulumi/pulumi";
import { RedisWhenFull } from "../../app/redis";
import type { PeerGroup } from "../traffic-args";

/** How a Redis of ElastiCache is run. */
export interface RedisNodesArgs {
  /**
   * Type of its nodes (Amazon ElastiCache User Guide, "Supported node types").
   * @default cache.t4g.micro: 0.5 GiB, of which a quarter is kept for copies
   * @example "cache.t4g.small"
   */
  nodeType?: string;
  /**
   * Number of nodes, 1 to 6, each in another zone as far as there are zones: one takes the writes, and when it fails another one
   * takes its place within a minute or so. With one, all of it is gone meanwhile.
   * @default 2
   */
  nodes?: number;
  /** How long the copy of each day is kept, in days, 0 to 35; 0 makes none. @default 1 */
  snapshotDays?: number;
}

/** A Redis that many machines share. */
export interface SharedRedisArgs extends RedisNodesArgs {
  /** The network. @example "vpc-0123456789abcdef0" */
  vpcId: Input<string>;
  /** Subnets for the nodes, best in several availability zones. @example ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] */
  subnetIds: Input<string>[];
  /** Security groups of those who use it; the way there and the way in are opened for them, and for nobody else. */
  hosts: PeerGroup[];
  /** What it does once its memory is full. @default ForgetExpiring */
  whenFull?: RedisWhenFull;
  /** How much it has to be able to keep, in MiB; nodes that are too small are refused. @default as much as the nodes can @example 256 */
  memoryMiB?: number;
  /**
   * Password, 16 to 128 letters, digits and `!&#$^<>-` (Amazon ElastiCache User Guide, "Authenticating with the AUTH command").
   * After a change the former one is good as well, until the next change.
   * @default one of 256 bits that is made up and kept in the state, encrypted
   * @example password
   */
  password?: Input<string>;
  /** Refuse to delete it. @default false */
  protection?: boolean;
  /** Tags of everything. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
