import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { changes, ResourceState, shortName, Step } from "./aws-project";
import { useAwsProject } from "./aws-stack";

/** States as they were when an `up` had ended, compressed. */
const recorded = join(__dirname, "recorded");

/** What was recorded: a stack, which is part of many names, and its description. */
interface Recorded {
  stack: string;
  args: object;
}

/**
 * A state that is here stays as it was made: it is what users have. `first` is of the first version that had AWS at all.
 * For another one, describe it here and run this file once with LANDFALL_RECORD=<its name>.
 */
const descriptions: Record<string, Recorded> = {
  first: { stack: "server", args: {} },
  server: {
    stack: "server",
    args: {
      ssh: { sources: ["198.51.100.0/24"] },
      monitoring: { notify: { email: "ops@example.com" } },
      snapshots: { keepDays: 30 },
    },
  },
  fleet: {
    stack: "fleet",
    args: {
      shape: "fleet",
      fleet: { minimum: 2, maximum: 4, cpuPercent: 50, requests: { app: "shop", perTarget: 900 } },
    },
  },
};

const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
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

/** What stands in a recorded state for the folder that it was made in. */
const place = "/recorded";

describe("a stack that an older version made, with the real engine and a simulated AWS", function () {
  this.timeout(180_000);
  const project = useAwsProject(async (made) => {
    made.write("stacks/index.ts", program);
    for (const stack of new Set(Object.values(descriptions).map((one) => one.stack))) await made.initStack(stack);
    if (process.env.LANDFALL_RECORD) await record(process.env.LANDFALL_RECORD);
  });

  /** Writes down what the version that is here makes. */
  async function record(name: string): Promise<void> {
    const { stack, args } = descriptions[name]!;
    project.write("stacks/site.json", JSON.stringify(args));
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", stack);
    const { stdout } = await project.pulumi("stack", "export", "--stack", stack);
    const text = JSON.stringify(JSON.parse(stdout)).replaceAll(project.folder, place);
    writeFileSync(fileOf(name), gzipSync(text, { level: 9 }));
  }

  /** The steps of today's code on a recorded state, in which something may be planted first. */
  async function previewed(name: string, plant: (states: ResourceState[]) => void = () => {}): Promise<Step[]> {
    const text = gunzipSync(readFileSync(fileOf(name)))
      .toString()
      .replaceAll(place, project.folder);
    const state = JSON.parse(text) as { deployment: { resources: ResourceState[] } };
    plant(state.deployment.resources);
    const { stack, args } = descriptions[name]!;
    project.write("state.json", JSON.stringify(state));
    await project.pulumi("stack", "import", "--file", "state.json", "--stack", stack);
    project.write("stacks/site.json", JSON.stringify(args));
    return await project.previewed(stack);
  }

  for (const name of Object.keys(descriptions)) {
    it(`loses nothing that it has: ${name}`, async () => {
      const steps = await previewed(name);
      const kept = steps.filter(({ op, urn }) => /same|update/.test(op) && shortName(urn).startsWith("aws:"));
      assert.ok(kept.length > 20, `${kept.length} resources are kept`);
      assert.deepEqual(lost(steps), []);
    });
  }

  it("shows what it would lose: a bucket that was named otherwise, and so all that is in it", async () => {
    const bucket = "aws:s3/bucket:Bucket";
    const steps = await previewed("server", (states) => {
      const one = states.find(({ type }) => type === bucket)!;
      one.inputs!.bucket = one.outputs!.bucket = "by-another-name";
    });
    assert.ok(lost(steps).includes(`replace ${bucket} web-store`), lost(steps).join("\n"));
  });

  it("shows what it would lose: a machine that is named otherwise", async () => {
    const steps = await previewed("server", (states) => {
      const one = states.find(({ type }) => type === "aws:ec2/instance:Instance")!;
      const [urn, other] = [one.urn, `${one.urn}0`];
      for (const state of states) Object.assign(state, JSON.parse(JSON.stringify(state).replaceAll(urn, other)));
    });
    assert.equal(lost(steps).filter((step) => step.startsWith("delete aws:ec2/instance:Instance")).length, 1);
  });
});

const fileOf = (name: string): string => join(recorded, `${name}.json.gz`);

/**
 * What goes, or is made anew, of what there was. Objects of a store are not among it: they are named by what is in them or by
 * who reads them, and Pulumi leaves the old ones where they are.
 */
function lost(steps: readonly Step[]): string[] {
  return changes(steps.filter(({ op, urn }) => /delete|replace/.test(op) && !urn.includes("BucketObjectv2::")));
}
