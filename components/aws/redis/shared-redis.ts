import * as elasticache from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { RedisWhenFull } from "../../app/redis";
import { redisPort } from "../../app/redis";
import { sha256 } from "../../host/digest";
import { inputProblems } from "../../input-problems";
import { ownName } from "../names";
import { openToHosts } from "../open-to-hosts";
import { SecurityGroup } from "../security-group";
import { redisProblems } from "./check-redis";
import { defaultNodes, defaultNodeType } from "./node-type";
import { SharedRedisArgs } from "./redis-args";

/** Valkey speaks the protocol of Redis 7.2, and costs a fifth less (Amazon ElastiCache pricing). */
const engine = { engine: "valkey", engineVersion: "8.0" };
const family = "valkey8";

/** Longest id of a replication group (ElastiCache API Reference, "CreateReplicationGroup"). */
const idLetters = 40;

/**
 * A Redis that many machines share: Valkey of ElastiCache, in several zones, that only they reach, by TLS and with a password.
 *
 * @example
 * const redis = new SharedRedis("sessions", {
 *   vpcId: "vpc-0123456789abcdef0",
 *   subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *   hosts: [{ name: "web", id: group.groupId }],
 * });
 */
export class SharedRedis extends pulumi.ComponentResource {
  /** Address with the password, `rediss://…`. Secret. Resolved once it can be reached. */
  readonly url: pulumi.Output<string>;
  /** Id of its security group. */
  readonly groupId: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: SharedRedisArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:SharedRedis", name, withSecretPassword(args), opts);
    const problems = redisProblems(name, args);
    if (problems.length) throw inputProblems(`landfall:index:SharedRedis '${name}'`, problems);

    const { group, rules } = openToHosts(this, name, args, Number(redisPort), `Redis ${name}`);
    const password = this.password(name, args);
    const replication = this.replicationGroup(name, args, password, group);

    this.url = pulumi.secret(
      pulumi
        .all([replication.primaryEndpointAddress, password, rules])
        .apply(([address, secret]) => `rediss://:${encodeURIComponent(secret)}@${address}:${redisPort}/0`),
    );
    this.groupId = group.groupId;
    this.registerOutputs({ url: this.url, groupId: this.groupId });
  }

  /** The password that was given, or one of as many bits as a key has: the digest of a key that is for nothing else. */
  private password(name: string, { password }: SharedRedisArgs): pulumi.Output<string> {
    if (password !== undefined) return pulumi.secret(password);
    const key = new tls.PrivateKey(name, { algorithm: "ED25519" }, { parent: this });
    return pulumi.secret(key.privateKeyPem.apply(sha256));
  }

  private replicationGroup(
    name: string,
    args: SharedRedisArgs,
    authToken: pulumi.Output<string>,
    group: SecurityGroup,
  ): elasticache.ReplicationGroup {
    const { nodeType = defaultNodeType, nodes = defaultNodes, snapshotDays = 1, protection, tags } = args;
    const own = { parent: this };
    const description = `Redis ${name}`;
    const subnets = new elasticache.SubnetGroup(name, { subnetIds: args.subnetIds, description, tags }, own);
    const maxmemory = { name: "maxmemory-policy", value: args.whenFull ?? RedisWhenFull.ForgetExpiring };
    const settings = new elasticache.ParameterGroup(name, { family, parameters: [maxmemory], description, tags }, own);
    const owner = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack(), name];
    return new elasticache.ReplicationGroup(
      name,
      {
        replicationGroupId: ownName(["landfall", pulumi.getStack(), name], owner, idLetters),
        description,
        ...engine,
        nodeType,
        numCacheClusters: nodes,
        automaticFailoverEnabled: nodes > 1,
        multiAzEnabled: nodes > 1,
        parameterGroupName: settings.name,
        subnetGroupName: subnets.name,
        securityGroupIds: [group.groupId],
        port: Number(redisPort),
        atRestEncryptionEnabled: true,
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        authToken,
        authTokenUpdateStrategy: "ROTATE",
        snapshotRetentionLimit: snapshotDays,
        autoMinorVersionUpgrade: true,
        // Else it would wait for the next maintenance window, and `up` would say that it is done.
        applyImmediately: true,
        tags,
      },
      // AWS raises the version within its major one by itself; going back to an earlier one would mean another group.
      { ...own, protect: protection, ignoreChanges: ["engineVersion"] },
    );
  }
}

/** The description as Pulumi keeps it. */
function withSecretPassword(args: SharedRedisArgs): pulumi.Inputs {
  return args.password === undefined ? { ...args } : { ...args, password: pulumi.secret(args.password) };
}
