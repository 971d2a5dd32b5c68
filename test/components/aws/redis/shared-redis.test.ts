import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SharedRedis } from "../../../../components/aws/redis/shared-redis";
import { SharedRedisArgs } from "../../../../components/aws/redis/redis-args";
import { groupRules } from "../group-rules";
import { all, isSecret, one, record, Recorded, valueOf } from "../recorded";

const groupType = "aws:elasticache/replicationGroup:ReplicationGroup";
const given: SharedRedisArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  hosts: [{ name: "web", id: "sg-1" }],
};
const redis = (more: Partial<SharedRedisArgs> = {}): Promise<Recorded<SharedRedis>> =>
  record(() => new SharedRedis("sessions", { ...given, ...more }));

describe("SharedRedis", () => {
  it("is encrypted on disk and on the way, asks for a password, and fails over to another zone", async () => {
    const { inputs, ignoreChanges } = one(await redis(), groupType);
    const { authToken, replicationGroupId, ...others } = inputs;
    assert.ok(isSecret(authToken));
    assert.match(String(replicationGroupId), /^landfall-test-sessions-[0-9a-f]{12}$/);
    assert.deepEqual(others, {
      description: "Redis sessions",
      engine: "valkey",
      engineVersion: "8.0",
      nodeType: "cache.t4g.micro",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      parameterGroupName: "sessions-0123456",
      subnetGroupName: "sessions-0123456",
      securityGroupIds: ["sessions-id"],
      port: 6379,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      authTokenUpdateStrategy: "ROTATE",
      snapshotRetentionLimit: 1,
      autoMinorVersionUpgrade: true,
      applyImmediately: true,
    });
    assert.deepEqual(ignoreChanges, ["engineVersion"]);
  });

  it("has an id that ElastiCache takes, however long its name is", async () => {
    const recorded = await record(() => new SharedRedis(`a${"-very".repeat(7)}-long`, given));
    const id = String(one(recorded, groupType).inputs.replicationGroupId);
    assert.match(id, /^(?!.*--)[a-z][a-z0-9-]{0,38}[a-z0-9]$/);
  });

  it("forgets what would expire anyway, unless told otherwise", async () => {
    const policyOf = async (more: Partial<SharedRedisArgs>): Promise<unknown> =>
      one(await redis(more), "aws:elasticache/parameterGroup:ParameterGroup").inputs.parameters;
    assert.deepEqual(await policyOf({}), [{ name: "maxmemory-policy", value: "volatile-lru" }]);
    assert.deepEqual(await policyOf({ whenFull: "noeviction" }), [{ name: "maxmemory-policy", value: "noeviction" }]);
  });

  it("has no failover with a single node", async () => {
    const { inputs } = one(await redis({ nodes: 1 }), groupType);
    assert.deepEqual([inputs.automaticFailoverEnabled, inputs.multiAzEnabled], [false, false]);
  });

  it("opens the way for its hosts, and for nobody else", async () => {
    const recorded = await redis();
    assert.deepEqual(groupRules(recorded, "Ingress"), [["sessions-id", 6379, 6379, "sg-1"]]);
    assert.deepEqual(groupRules(recorded, "Egress"), [["sg-1", 6379, 6379, "sessions-id"]]);
  });

  it("has an address with the password in it, which is a secret", async () => {
    const { result } = await redis({ password: "a<b>c#d&e$f!g^h-i" });
    assert.equal(
      await valueOf(result.url),
      `rediss://:${encodeURIComponent("a<b>c#d&e$f!g^h-i")}@master.sessions.cache.amazonaws.com:6379/0`,
    );
    assert.ok(await pulumi.isSecret(result.url));
  });

  it("makes up a password where none is given, of a key that is for nothing else", async () => {
    const { result, resources } = await redis();
    assert.ok(resources.some(({ type, name }) => type === "tls:index/privateKey:PrivateKey" && name === "sessions"));
    assert.match(await valueOf(result.url), /^rediss:\/\/:[0-9a-f]{64}@/);
    const given = await redis({ password: "a-password-of-20-signs" });
    assert.deepEqual(all(given, "tls:index/privateKey:PrivateKey"), []);
  });

  it("keeps a given password as a secret among its own inputs", async () => {
    const { inputs } = one(await redis({ password: "a-password-of-20-signs" }), "landfall:index:SharedRedis");
    assert.ok(isSecret(inputs.password));
  });

  it("can be protected", async () => {
    assert.equal(one(await redis({ protection: true }), groupType).protect, true);
  });

  it("throws with everything that is wrong", async () => {
    await record(() =>
      assert.throws(() => new SharedRedis("sessions", { ...given, nodes: 9, hosts: [] }), /has 2 problems/),
    );
  });
});
