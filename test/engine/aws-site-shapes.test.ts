import assert from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "../../toolchain/commands/project";
import { AwsProject, changes } from "./aws-project";

/** A site of two apps, as `site.json` has it beside them. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Site } from "../components";

const app = (name, domain) => ({
  name,
  source: { directory: "examples/live" },
  process: { command: ["/usr/bin/python3", "app.py"] },
  routes: [{ domain }],
});
const args = JSON.parse(readFileSync(join(__dirname, "site.json"), "utf8"));
const site = new Site("web", { apps: [app("docs", "docs.example.com"), app("shop", "www.example.com")], ...args });
export const { urls, groupName, address, bucketName } = site;
`;

const policies = join(projectRoot, "policies");
const monitoring = { notify: { email: "ops@example.com" } };
const fleet = { shape: "fleet", fleet: { minimum: 2, maximum: 4, cpuPercent: 50 }, monitoring };

/** Whose resources count. */
const providers = ["aws", "command"];

describe("the shapes of a site, with the real engine and a simulated AWS", function () {
  this.timeout(180_000);
  let project: AwsProject;

  before(async function () {
    // Making the engine, where none is to be had, takes minutes.
    this.timeout(40 * 60_000);
    project = await AwsProject.make((line) => console.log(`      ${line}`));
    project.write("stacks/index.ts", program);
    describeSite({});
    await project.pulumi("stack", "init", "test");
    await project.pulumi("config", "set", "aws:region", "eu-central-1", "--stack", "test");
  });
  after(() => project?.remove());

  function describeSite(args: object): void {
    project.write("stacks/site.json", JSON.stringify(args));
  }

  async function changedBy(args: object): Promise<string[]> {
    describeSite(args);
    return changes(await project.previewed("test"), providers);
  }

  const up = async (): Promise<void> => {
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "test");
  };

  it("previews a fleet where nothing is there yet", async () => {
    const found = await changedBy(fleet);
    assert.ok(
      found.every((change) => change.startsWith("create ")),
      found.join("\n"),
    );
    assert.ok(found.includes("create aws:autoscaling/group:Group web"));
  });

  it("begins to watch a server that runs, without touching it", async () => {
    describeSite({ snapshots: {} });
    await up();
    const found = await changedBy({ snapshots: {}, monitoring });
    const [published, others] = [/bucketObjectv2/, /^create aws:(?:cloudwatch|iam|kms|sns)\//];
    assert.deepEqual(
      found.filter((change) => !published.test(change) && !others.test(change)),
      ["update command:local:Command web-apply"],
    );
    assert.ok(found.includes("create aws:cloudwatch/logGroup:LogGroup web-log-docs"), found.join("\n"));
    assert.ok(found.includes("create aws:iam/rolePolicy:RolePolicy web-reports"), found.join("\n"));
    await up();
    assert.deepEqual(changes(await project.previewed("test"), providers), []);
  });

  it("passes the policies as a server that is watched", async () => {
    const { status, shown } = await project.attempt("preview", "--stack", "test", "--policy-pack", policies);
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /Policy Violations/);
  });

  it("keeps logs for longer, and looks at other figures, in place", async () => {
    const figures = { ...monitoring, logDays: 90, memoryPercent: 80, errorPercent: 1 };
    const found = await changedBy({ snapshots: {}, monitoring: figures });
    assert.deepEqual(
      found.filter((change) => !change.includes("logGroup")),
      [
        "update aws:cloudwatch/metricAlarm:MetricAlarm web-errors",
        "update aws:cloudwatch/metricAlarm:MetricAlarm web-memory",
      ],
    );
    assert.equal(found.filter((change) => change.startsWith("update aws:cloudwatch/logGroup:LogGroup ")).length, 4);
  });

  it("moves from one server to a fleet: names change in place, bucket and logs stay", async () => {
    const found = await changedBy(fleet);
    const of = (what: RegExp): string[] => found.filter((change) => what.test(change));
    assert.deepEqual(of(/route53\/record:Record web-[dw].*-a$/), [
      "update aws:route53/record:Record web-docs.example.com-a",
      "update aws:route53/record:Record web-www.example.com-a",
    ]);
    assert.deepEqual(of(/s3\/bucket:Bucket web-store/), []);
    assert.deepEqual(of(/logGroup:LogGroup web-log-/), []);
    await up();
    assert.deepEqual(changes(await project.previewed("test"), providers), []);
  });

  it("passes the policies as a fleet", async () => {
    const { status, shown } = await project.attempt("preview", "--stack", "test", "--policy-pack", policies);
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /Policy Violations/);
  });

  it("tells the machines, and touches nothing else, when an app changes", async () => {
    project.edit("examples/live/page.html", (page) => page.replace("</body>", "<p>Again.</p></body>"));
    const found = await changedBy(fleet);
    assert.deepEqual(
      found.filter((change) => !change.includes("bucketObjectv2")),
      ["update command:local:Command web-apply"],
    );
    await up();
  });

  it("changes numbers in place, and adds a zone without touching the others", async () => {
    assert.deepEqual(await changedBy({ ...fleet, fleet: { minimum: 3, maximum: 8, cpuPercent: 60 } }), [
      "update aws:autoscaling/group:Group web",
      "update aws:autoscaling/policy:Policy web-cpu",
    ]);
    const zones = await changedBy({ ...fleet, fleet: { ...fleet.fleet, network: { zones: 3 } } });
    const replaced = zones.filter((change) => /^(?:replace|delete) /.test(change));
    assert.deepEqual(
      replaced.filter((change) => !change.includes("bucketObjectv2")),
      [],
    );
  });

  it("moves back to one server", async () => {
    const found = await changedBy({});
    assert.ok(found.includes("update aws:route53/record:Record web-www.example.com-a"), found.join("\n"));
    await up();
    assert.deepEqual(changes(await project.previewed("test"), providers), []);
  });

  it("can be destroyed", async () => {
    await project.pulumi("destroy", "--yes", "--skip-preview", "--stack", "test");
    assert.deepEqual(await project.state("test"), []);
  });
});
