import assert from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "../../toolchain/commands/project";
import { AwsProject, changes, ResourceState } from "./aws-project";

/** A site of an app with uploads that machines share, as `site.json` has it beside it. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Site } from "../components";

const args = JSON.parse(readFileSync(join(__dirname, "site.json"), "utf8"));
const album = {
  name: "album",
  source: { directory: "examples/live" },
  process: { command: ["/usr/bin/python3", "app.py"] },
  routes: [{ domain: "album.example.com" }],
  sharedData: ["uploads"],
};
new Site("web", { apps: [album], ...args });
`;

const policies = join(projectRoot, "policies");
const fleet = { minimum: 2, maximum: 4 };
const shared = { shape: "fleet", fleet };
const server = { snapshots: {} };
const filesType = "aws:efs/fileSystem:FileSystem";
const targetType = "aws:efs/mountTarget:MountTarget";
const backupType = "aws:efs/backupPolicy:BackupPolicy";
const parameterType = "aws:ssm/parameter:Parameter";

describe("the shared files of a site in AWS, with the real engine and a simulated AWS", function () {
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

  const changedBy = async (args: object): Promise<string[]> => {
    project.write("stacks/site.json", JSON.stringify(args));
    return changes(await project.previewed("test"));
  };
  const up = (): Promise<unknown> => project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
  const recorded = async (type: string): Promise<ResourceState[]> =>
    (await project.state("test")).filter((one) => one.type === type);

  it("pass the policies", async () => {
    project.write("stacks/site.json", JSON.stringify(shared));
    const { status, shown } = await project.attempt("preview", "--stack", "test", "--policy-pack", policies);
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /Policy Violations/);
  });

  it("come up, and have nothing to do afterwards", async () => {
    project.write("stacks/site.json", JSON.stringify(shared));
    await up();
    assert.deepEqual(await changedBy(shared), []);
  });

  it("can be mounted in each zone, by the name that machines find as a parameter", async () => {
    const [system] = await recorded(filesType);
    const targets = await recorded(targetType);
    assert.deepEqual(
      targets.map(({ outputs }) => outputs!.fileSystemId),
      [system!.id, system!.id],
    );
    assert.equal(new Set(targets.map(({ inputs }) => inputs!.subnetId)).size, 2);
    const { shown } = await project.attempt("stack", "export", "--show-secrets", "--stack", "test");
    const { deployment } = JSON.parse(shown) as { deployment: { resources: ResourceState[] } };
    const parameter = deployment.resources.find(
      ({ type, urn }) => type === parameterType && urn.endsWith("::web-files"),
    );
    assert.match(
      JSON.stringify(parameter!.inputs!.value),
      new RegExp(`${system!.id}\\.efs\\.eu-central-1\\.amazonaws\\.com`),
    );
    assert.match(String(parameter!.inputs!.name), /\/files\/endpoint$/);
  });

  it("are kept in another way in place, and no machine is told of it", async () => {
    const other = { ...shared, fleet: { ...fleet, files: { seldomReadDays: 30, backups: false } } };
    assert.deepEqual((await changedBy(other)).sort(), [
      `update ${backupType} web-files`,
      `update ${filesType} web-files`,
    ]);
    await up();
    assert.deepEqual(await changedBy(other), []);
  });

  it("have an address more in a zone more, and are the same files", async () => {
    const wider = { ...shared, fleet: { ...fleet, network: { zones: 3 } } };
    const found = (await changedBy(wider)).filter((change) => /aws:efs\/(?!backup)/.test(change));
    assert.deepEqual(found.sort(), [`create ${targetType} web-files-3`, `update ${filesType} web-files`]);
  });

  it("go away with their parameter when the site becomes one server", async () => {
    const found = await changedBy(server);
    for (const gone of [`${filesType} web-files`, `${backupType} web-files`, `${parameterType} web-files`])
      assert.ok(found.includes(`delete ${gone}`), found.join("\n"));
    await up();
    assert.deepEqual(await changedBy(server), []);
  });

  it("can be destroyed", async () => {
    await project.pulumi("destroy", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await project.state("test"), []);
  });
});
