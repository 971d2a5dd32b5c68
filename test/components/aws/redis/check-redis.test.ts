import assert from "node:assert/strict";
import { redisProblems } from "../../../../components/aws/redis/check-redis";
import { SharedRedisArgs } from "../../../../components/aws/redis/redis-args";

const args: SharedRedisArgs = { vpcId: "vpc-1", subnetIds: ["subnet-1"], hosts: [{ name: "web", id: "sg-1" }] };
const said = (more: Partial<SharedRedisArgs>, name = "sessions"): string[] =>
  redisProblems(name, { ...args, ...more }).map(({ path, reason, fix }) => `${path} ${reason}; ${fix}`);

describe("what is wrong with a shared Redis", () => {
  it("is nothing where all is as it should be", () => {
    const most = { nodes: 6, snapshotDays: 35, memoryMiB: 384, password: "a-password-of-20-signs" };
    assert.deepEqual([said({}), said(most), said({ nodes: 1, snapshotDays: 0 })], [[], [], []]);
  });

  it("is said all at once", () => {
    const all = {
      subnetIds: [],
      hosts: [],
      nodeType: "t4g.micro",
      nodes: 7,
      snapshotDays: 36,
      whenFull: "volatile" as never,
      password: "short",
    };
    assert.deepEqual(said(all, "Sessions"), [
      "name cannot name a Redis; use small letters, digits and single inner hyphens, a letter first",
      'nodeType is not a type of nodes; give one like "cache.t4g.micro"',
      "nodes is out of range; use whole numbers from 1 to 6",
      "snapshotDays is out of range; use whole numbers from 0 to 35",
      "subnetIds is empty; give one in each availability zone",
      "hosts is empty; name the groups of those who use it",
      "whenFull is not one of the choices; use one of volatile-lru, allkeys-lru, noeviction",
      "password is no password that ElastiCache takes; use 16 to 128 letters, digits and !&#$^<>-",
    ]);
  });

  it("is a name that ElastiCache does not take for a group of parameters", () => {
    assert.equal(said({}, "web--desk").length, 1);
    assert.deepEqual([said({}, "a".repeat(247)), said({}, "a".repeat(248)).length], [[], 1]);
  });

  it("shows no password", () => {
    const [problem] = redisProblems("sessions", { ...args, password: "hunter2" });
    assert.ok(!JSON.stringify(problem).includes("hunter2"));
  });

  it("is a node that cannot keep what is asked for", () => {
    assert.deepEqual(said({ memoryMiB: 385 }), ["nodeType can keep 384 MiB, and 385 are asked for; take a larger one"]);
  });
});
