import assert from "node:assert/strict";
import { ResourceState } from "./aws-project";
import { useAwsStack } from "./aws-stack";

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

const fleet = { minimum: 2, maximum: 4 };
const shared = { shape: "fleet", fleet };
const server = { snapshots: {} };
const filesType = "aws:efs/fileSystem:FileSystem";
const targetType = "aws:efs/mountTarget:MountTarget";
const backupType = "aws:efs/backupPolicy:BackupPolicy";
const parameterType = "aws:ssm/parameter:Parameter";

describe("the shared files of a site in AWS, with the real engine and a simulated AWS", function () {
  this.timeout(180_000);
  const stack = useAwsStack({ program, file: "site.json" });

  it("pass the policies", async () => {
    stack.describe(shared);
    await stack.passesPolicies();
  });

  it("come up, and have nothing to do afterwards", async () => {
    stack.describe(shared);
    await stack.up();
    assert.deepEqual(await stack.changedBy(shared), []);
  });

  it("can be mounted in each zone, by the name that machines find as a parameter", async () => {
    const [system] = await stack.recorded(filesType);
    const targets = await stack.recorded(targetType);
    assert.deepEqual(
      targets.map(({ outputs }) => outputs!.fileSystemId),
      [system!.id, system!.id],
    );
    assert.equal(new Set(targets.map(({ inputs }) => inputs!.subnetId)).size, 2);
    const { shown } = await stack.project.attempt("stack", "export", "--show-secrets", "--stack", "test");
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
    assert.deepEqual((await stack.changedBy(other)).sort(), [
      `update ${backupType} web-files`,
      `update ${filesType} web-files`,
    ]);
    await stack.up();
    assert.deepEqual(await stack.changedBy(other), []);
  });

  it("have an address more in a zone more, and are the same files", async () => {
    const wider = { ...shared, fleet: { ...fleet, network: { zones: 3 } } };
    const found = (await stack.changedBy(wider)).filter((change) => /aws:efs\/(?!backup)/.test(change));
    assert.deepEqual(found.sort(), [`create ${targetType} web-files-3`, `update ${filesType} web-files`]);
  });

  it("go away with their parameter when the site becomes one server", async () => {
    const found = await stack.changedBy(server);
    for (const gone of [`${filesType} web-files`, `${backupType} web-files`, `${parameterType} web-files`])
      assert.ok(found.includes(`delete ${gone}`), found.join("\n"));
    await stack.up();
    assert.deepEqual(await stack.changedBy(server), []);
  });

  it("can be destroyed", () => stack.destroyed());
});
