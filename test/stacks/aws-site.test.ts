import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { bucketName, bucketNameFault, parameterPath } from "../../components/aws/names";
import { Site } from "../../components/aws/site";
import { SiteShape } from "../../components/aws/site-args";
import { readAwsConfig } from "../../stacks/aws-config";
import { siteArgs } from "../../stacks/aws-site";
import { definitions } from "../../toolchain/providers/aws/resources";
import { useOwnCache } from "../components/aws/own-cache";
import { Account, record, Registered, valueOf } from "../components/aws/recorded";

const answers: Account["answers"] = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["us-west-2b", "us-west-2a"] }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333" }),
};

const stacks: Record<string, Record<string, string>> = {
  "on a server": { notify: "ops@example.com" },
  "with the shape of a fleet": { shape: SiteShape.Fleet },
  "on a server behind CloudFront": { shape: SiteShape.ServerCdn },
  "as a watched fleet behind CloudFront": { shape: SiteShape.FleetCdn, notify: "ops@example.com" },
};

/** Whether AWS has tags for a kind of resource. */
const isTaggable = ({ type }: Registered): boolean => {
  const inputs = definitions[type]?.table.inputs ?? {};
  return "tags" in inputs;
};

/** The tags of a resource; a group has them as a list. */
function tagsOf({ inputs }: Registered): Record<string, string> {
  const { tags } = inputs;
  if (!Array.isArray(tags)) return (tags ?? {}) as Record<string, string>;
  const list = tags as { key: string; value: string }[];
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

describe("the site of a stack in AWS", function () {
  this.timeout(30_000);
  useOwnCache();

  for (const [what, said] of Object.entries(stacks)) {
    describe(what, () => {
      let resources: Registered[];
      before(async () => {
        const all = { domain: "www.example.com", tags: '{"team":"web"}', ...said };
        const { config, problems } = readAwsConfig(
          Object.fromEntries(Object.entries(all).map(([key, value]) => [`landfall:${key}`, value])),
        );
        assert.deepEqual(problems, []);
        ({ resources } = await record(() => new Site("web", { ...siteArgs(config), protection: true }), { answers }));
      });

      it("has project, stack, site and the wished tags on everything that can have tags", () => {
        const taggable = resources.filter(isTaggable);
        assert.ok(taggable.length > 10, `${taggable.length}`);
        for (const resource of taggable) {
          const {
            team,
            "landfall:project": project,
            "landfall:stack": stack,
            "landfall:site": site,
          } = tagsOf(resource);
          assert.deepEqual(
            [project, stack, site, team],
            ["demo", "test", "web", "web"],
            `${resource.type} ${resource.name}`,
          );
        }
      });

      it("is protected where something valuable is", () => {
        const kept = resources.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1));
        const machines = what.includes("fleet") ? ["Group", "LoadBalancer"] : ["Eip", "Instance", "Volume"];
        const edge = what.includes("CloudFront") ? ["Distribution"] : [];
        assert.deepEqual([...new Set(kept)].sort(), ["Bucket", ...machines, ...edge].sort());
      });
    });
  }
});

describe("a stack in AWS whose alarms somebody is told of", () => {
  for (const shape of Object.values(SiteShape)) {
    it(`is watched: ${shape}`, () => {
      const said = { "landfall:domain": "www.example.com", "landfall:shape": shape };
      const { config } = readAwsConfig({ ...said, "landfall:notify": "ops@example.com" });
      assert.deepEqual(siteArgs(config).monitoring, { notify: { email: "ops@example.com" } });
      assert.equal(siteArgs(readAwsConfig(said).config).monitoring, undefined);
    });
  }
});

describe("the estimates in docs/costs.md", function () {
  this.timeout(30_000);
  useOwnCache();
  const page = readFileSync(join(__dirname, "../../docs/costs.md"), "utf8");
  const rows = [...page.matchAll(/^\| (server(?:-cdn)?|fleet(?:-cdn)?)(.*?) *\| ([a-z0-9-]+) *\| ([0-9.]+) *\|$/gm)];
  after(() => pulumi.runtime.setAllConfig({}));

  it("are there for each shape and region", () => assert.equal(rows.length, 12));

  for (const [, shape = "", more = "", region = "", usd] of rows) {
    it(`are those of the stack: ${shape}${more} in ${region}`, async () => {
      const said = { "landfall:domain": "www.example.com", "landfall:shape": shape };
      const { config } = readAwsConfig({
        ...said,
        ...(more.includes("notify") && { "landfall:notify": "a@example.com" }),
      });
      const { result } = await record(
        () => {
          pulumi.runtime.setAllConfig({ "aws:region": region });
          return new Site("web", siteArgs(config));
        },
        { answers },
      );
      const { usdPerMonth, usdPerMonthAtMost } = await valueOf(result.costs);
      assert.equal((more.includes("4 machines") ? usdPerMonthAtMost : usdPerMonth).toFixed(2), usd);
    });
  }

  it("are those in docs/aws.md", () => {
    const aws = readFileSync(join(__dirname, "../../docs/aws.md"), "utf8");
    for (const [word, shape] of Object.entries(SiteShape)) {
      const row = rows.find(([, of, more]) => of === shape && !/notify|4 machines/.test(more!));
      assert.match(aws, new RegExp(`^\\| \`${word}\` .*\\| \\$${row![4]} +\\|$`, "m"));
    }
  });
});

describe("names of stacks and projects", () => {
  /** What Pulumi takes as the name of a project or a stack: up to 100 letters, digits, hyphens, underscores and dots. */
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
  const longest = fc.constant("x".repeat(100));

  it("of any length fit into what AWS names after them", () => {
    fc.assert(
      fc.property(fc.oneof(name, longest), fc.oneof(name, longest), (project, stack) => {
        const identity = { organization: "acme", project, stack, site: "web", domains: ["www.example.com"] };
        assert.equal(bucketNameFault(bucketName(identity)), undefined);
        const parameter = `${parameterPath(identity)}/secrets/dashboard/cookie-secret`;
        // Systems Manager API Reference, PutParameter: 1,011 characters with the ARN in front, 15 levels.
        assert.match(parameter, /^(?:\/[A-Za-z0-9._-]+){2,15}$/);
        assert.ok(`arn:aws:ssm:ap-southeast-3:111122223333:parameter${parameter}`.length <= 1011);
      }),
    );
  });
});
