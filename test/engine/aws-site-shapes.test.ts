import assert from "node:assert/strict";
import { useAwsStack } from "./aws-stack";

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

const monitoring = { notify: { email: "ops@example.com" } };
const fleet = { shape: "fleet", fleet: { minimum: 2, maximum: 4, cpuPercent: 50 }, monitoring };

describe("the shapes of a site, with the real engine and a simulated AWS", function () {
  this.timeout(180_000);
  const stack = useAwsStack({ program, file: "site.json", providers: ["aws", "command"] });

  it("previews a fleet where nothing is there yet", async () => {
    const found = await stack.changedBy(fleet);
    assert.ok(
      found.every((change) => change.startsWith("create ")),
      found.join("\n"),
    );
    assert.ok(found.includes("create aws:autoscaling/group:Group web"));
  });

  it("begins to watch a server that runs, without touching it", async () => {
    stack.describe({ snapshots: {} });
    await stack.up();
    const found = await stack.changedBy({ snapshots: {}, monitoring });
    const [published, others] = [/bucketObjectv2/, /^create aws:(?:cloudwatch|iam|kms|sns)\//];
    assert.deepEqual(
      found.filter((change) => !published.test(change) && !others.test(change)),
      ["update command:local:Command web-apply"],
    );
    assert.ok(found.includes("create aws:cloudwatch/logGroup:LogGroup web-log-docs"), found.join("\n"));
    assert.ok(found.includes("create aws:iam/rolePolicy:RolePolicy web-reports"), found.join("\n"));
    await stack.up();
    assert.deepEqual(await stack.changes(), []);
  });

  it("passes the policies as a server that is watched", () => stack.passesPolicies());

  it("keeps logs for longer, and looks at other figures, in place", async () => {
    const figures = { ...monitoring, logDays: 90, memoryPercent: 80, errorPercent: 1 };
    const found = await stack.changedBy({ snapshots: {}, monitoring: figures });
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
    const found = await stack.changedBy(fleet);
    const of = (what: RegExp): string[] => found.filter((change) => what.test(change));
    assert.deepEqual(of(/route53\/record:Record web-[dw].*-a$/), [
      "update aws:route53/record:Record web-docs.example.com-a",
      "update aws:route53/record:Record web-www.example.com-a",
    ]);
    assert.deepEqual(of(/s3\/bucket:Bucket web-store/), []);
    assert.deepEqual(of(/logGroup:LogGroup web-log-/), []);
    await stack.up();
    assert.deepEqual(await stack.changes(), []);
  });

  it("passes the policies as a fleet", () => stack.passesPolicies());

  it("tells the machines, and touches nothing else, when an app changes", async () => {
    stack.project.edit("examples/live/page.html", (page) => page.replace("</body>", "<p>Again.</p></body>"));
    const found = await stack.changedBy(fleet);
    assert.deepEqual(
      found.filter((change) => !change.includes("bucketObjectv2")),
      ["update command:local:Command web-apply"],
    );
    await stack.up();
  });

  it("changes numbers in place, and adds a zone without touching the others", async () => {
    assert.deepEqual(await stack.changedBy({ ...fleet, fleet: { minimum: 3, maximum: 8, cpuPercent: 60 } }), [
      "update aws:autoscaling/group:Group web",
      "update aws:autoscaling/policy:Policy web-cpu",
    ]);
    const zones = await stack.changedBy({ ...fleet, fleet: { ...fleet.fleet, network: { zones: 3 } } });
    const replaced = zones.filter((change) => /^(?:replace|delete) /.test(change));
    assert.deepEqual(
      replaced.filter((change) => !change.includes("bucketObjectv2")),
      [],
    );
  });

  it("moves back to one server", async () => {
    const found = await stack.changedBy({});
    assert.ok(found.includes("update aws:route53/record:Record web-www.example.com-a"), found.join("\n"));
    await stack.up();
    assert.deepEqual(await stack.changes(), []);
  });

  it("can be destroyed", () => stack.destroyed());
});
