import assert from "node:assert/strict";
import { join } from "node:path";
import type { Redis } from "../../components/app/redis";
import { projectRoot } from "../../toolchain/commands/project";
import { AwsProject, changes, ResourceState } from "./aws-project";

/** A site of an app that keeps its sessions in Redis, as `site.json` has it beside it. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Site } from "../components";

const { redis, ...args } = JSON.parse(readFileSync(join(__dirname, "site.json"), "utf8"));
const desk = {
  name: "desk",
  source: { directory: "examples/live" },
  process: { command: ["/usr/bin/python3", "app.py"] },
  routes: [{ domain: "desk.example.com" }],
  redis,
};
new Site("web", { apps: [desk], ...args });
`;

const policies = join(projectRoot, "policies");
const fleet = { shape: "fleet", fleet: { minimum: 2, maximum: 4 } };
const server = { snapshots: {} };
const redisType = "aws:elasticache/replicationGroup:ReplicationGroup";
const settingsType = "aws:elasticache/parameterGroup:ParameterGroup";

describe("the Redis of a site in AWS, with the real engine and a simulated AWS", function () {
  this.timeout(180_000);
  let project: AwsProject;

  before(async function () {
    // Making the engine, where none is to be had, takes minutes.
    this.timeout(40 * 60_000);
    project = await AwsProject.make((line) => console.log(`      ${line}`));
    project.write("stacks/index.ts", program);
    await project.pulumi("stack", "init", "test");
    await project.pulumi("config", "set", "aws:region", "eu-central-1", "--stack", "test");
  });
  after(() => project?.remove());

  const describeSite = (args: object, redis: Redis = {}): void =>
    project.write("stacks/site.json", JSON.stringify({ redis, ...args }));
  const changedBy = async (args: object, redis?: Redis): Promise<string[]> => {
    describeSite(args, redis);
    return changes(await project.previewed("test"));
  };
  const up = (): Promise<unknown> => project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
  const recorded = async (type: string, name: string): Promise<ResourceState> =>
    (await project.state("test")).find((one) => one.type === type && one.urn.endsWith(`::${name}`))!;

  it("comes up, and has nothing to do afterwards", async () => {
    describeSite(fleet);
    await up();
    assert.deepEqual(await changedBy(fleet), []);
  });

  it("has its password and its address in the state as secrets, and nowhere else", async () => {
    const { inputs } = await recorded(redisType, "web-desk");
    const parameter = await recorded("aws:ssm/parameter:Parameter", "web-desk/redis-url");
    const sign = "4dabf18193072939515e22adb298388d"; // by which Pulumi marks secrets in a state
    for (const value of [inputs!.authToken, parameter.inputs!.value])
      assert.ok(Object.hasOwn(value as object, sign), JSON.stringify(value));
    const { shown } = await project.attempt("stack", "export", "--stack", "test");
    assert.doesNotMatch(shown, /rediss:|PRIVATE KEY/);
  });

  it("passes the policies", async () => {
    const { status, shown } = await project.attempt("preview", "--stack", "test", "--policy-pack", policies);
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /Policy Violations/);
  });

  it("has another type, more nodes and other copies in place, and tells no machine of it", async () => {
    const redis = { nodeType: "cache.t4g.small", nodes: 3, snapshotDays: 7 };
    assert.deepEqual(await changedBy({ ...fleet, fleet: { ...fleet.fleet, redis } }), [`update ${redisType} web-desk`]);
    await up();
    const { outputs } = await recorded(redisType, "web-desk");
    assert.equal((outputs!.memberClusters as string[]).length, 3);
    assert.deepEqual(await changedBy({ ...fleet, fleet: { ...fleet.fleet, redis } }), []);
  });

  it("forgets in another way in place", async () => {
    const redis = { nodeType: "cache.t4g.small", nodes: 3, snapshotDays: 7 };
    assert.deepEqual(await changedBy({ ...fleet, fleet: { ...fleet.fleet, redis } }, { whenFull: "noeviction" }), [
      `update ${settingsType} web-desk`,
    ]);
  });

  it("goes away with its groups, its rules and its secret when the site becomes one server", async () => {
    const found = await changedBy(server);
    for (const gone of [redisType, settingsType, "aws:elasticache/subnetGroup:SubnetGroup"])
      assert.ok(found.includes(`delete ${gone} web-desk`), found.join("\n"));
    assert.ok(found.includes("delete aws:ssm/parameter:Parameter web-desk/redis-url"), found.join("\n"));
    await up();
    assert.deepEqual(await changedBy(server), []);
  });

  it("passes the policies on one server, where it runs beside the app", async () => {
    describeSite(server);
    const { status, shown } = await project.attempt("preview", "--stack", "test", "--policy-pack", policies);
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /Policy Violations/);
  });

  it("can be destroyed", async () => {
    await project.pulumi("destroy", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await project.state("test"), []);
  });
});
