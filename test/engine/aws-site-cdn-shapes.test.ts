import assert from "node:assert/strict";
import { changes, shortName } from "./aws-project";
import { useAwsStack } from "./aws-stack";

/** A site of one app, as `site.json` has it beside it. Its data is copied, where it has any. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Site } from "../components";

const shop = {
  name: "shop",
  source: { directory: "examples/live" },
  process: { command: ["/usr/bin/python3", "app.py"] },
  routes: [{ domain: "www.example.com" }],
};
const args = JSON.parse(readFileSync(join(__dirname, "site.json"), "utf8"));
const site = new Site("web", { apps: [shop], snapshots: args.fleet ? undefined : {}, ...args });
export const { urls, groupName, address, bucketName, distributionId } = site;
`;

const fleet = { minimum: 2, maximum: 4, cpuPercent: 50 };

/** The four shapes, in the order in which the site moves through them. */
const shapes = {
  server: { shape: "server" },
  serverCdn: { shape: "server-cdn" },
  fleetCdn: { shape: "fleet-cdn", fleet },
  fleet: { shape: "fleet", fleet },
};

/** Whose resources count. */
const providers = ["aws", "command", "tls"];

const kind = {
  address: /ec2\/eip:Eip /,
  bucket: /s3\/bucket:Bucket web-store/,
  challenges: /securityGroup.* web-challenges/,
  distribution: /cloudfront\/distribution:Distribution web$/,
  machine: /ec2\/instance:Instance /,
  name: /route53\/record:Record web-www\.example\.com-a$/,
  parameter: /ssm\/parameter:Parameter web-origin-secrets$/,
  volume: /ebs\/volume:Volume /,
};

describe("the shapes of a site with a CDN, with the real engine and a simulated AWS", function () {
  this.timeout(240_000);
  const stack = useAwsStack({ program, file: "site.json", usual: shapes.server, providers });

  /** What the last preview said would be there. */
  let foreseen: string[] = [];

  async function changedBy(args: object): Promise<string[]> {
    stack.describe(args);
    const steps = await stack.previewed();
    foreseen = ofProviders(steps.flatMap(({ op, urn }) => (op.startsWith("delete") ? [] : [urn])));
    return changes(steps, providers);
  }

  const ofProviders = (urns: readonly string[]): string[] =>
    [...new Set(urns.map(shortName))].filter((name) => providers.includes(name.split(":")[0]!)).sort();

  const of = (found: readonly string[], what: RegExp): string[] => found.filter((change) => what.test(change));

  /** What is made, changed or removed of some kinds. */
  const ofKinds = (found: readonly string[], ...kinds: RegExp[]): string[] =>
    kinds.flatMap((what) => of(found, what)).sort();

  /** What is made anew, beside the plan in the bucket, whose digest is its name. */
  const replaced = (found: readonly string[]): string[] => of(found, /^replace (?!.*bucketObjectv2)/);

  /** Brings the site up: all that the preview said is there, nothing besides that it could not know of, and nothing to do. */
  async function up(): Promise<void> {
    await stack.up();
    assert.deepEqual(ofProviders((await stack.state()).map(({ urn }) => urn)), foreseen);
    assert.deepEqual(await stack.changes(), []);
  }

  for (const [shape, args] of Object.entries(shapes))
    it(`previews a ${shape} where nothing is there yet, and passes the policies`, async () => {
      const found = await changedBy(args);
      assert.deepEqual(of(found, /^(?!create )/), []);
      await stack.passesPolicies();
    });

  it("puts a distribution before a server: machine, address, data and bucket stay", async () => {
    await changedBy(shapes.server);
    await up();
    const found = await changedBy(shapes.serverCdn);
    assert.deepEqual(ofKinds(found, kind.address, kind.volume, kind.bucket), []);
    assert.deepEqual(
      ofKinds(found, kind.machine).map((change) => change.split(" ")[0]),
      ["update"],
    );
    assert.deepEqual(ofKinds(found, kind.name, kind.distribution, kind.parameter), [
      "create aws:cloudfront/distribution:Distribution web",
      "create aws:ssm/parameter:Parameter web-origin-secrets",
      "update aws:route53/record:Record web-www.example.com-a",
    ]);
    assert.deepEqual(replaced(found), []);
    await up();
    await stack.passesPolicies();
  });

  it("keeps what the distribution proves itself with secret in the state", async () => {
    const state = await stack.state();
    const told = state.find(({ type }) => type === "aws:cloudfront/distribution:Distribution");
    const [{ customHeaders }] = told!.inputs!.origins as [{ customHeaders: [{ name: string; value: unknown }] }];
    assert.equal(customHeaders[0].name, "X-Landfall-Origin-Secret");
    assert.ok(typeof customHeaders[0].value === "object", "not plain text");
    assert.doesNotMatch(JSON.stringify(state), /BEGIN PRIVATE KEY/);
  });

  it("tells the machine, and touches nothing else, when an app changes", async () => {
    stack.project.edit("examples/live/page.html", (page) => page.replace("</body>", "<p>Again.</p></body>"));
    const found = await changedBy(shapes.serverCdn);
    assert.deepEqual(
      found.filter((change) => !change.includes("bucketObjectv2")),
      ["update command:local:Command web-apply"],
    );
    await up();
  });

  it("tells the machine of another secret before the distribution has it, and forgets none that it still takes", async () => {
    const found = await changedBy({ ...shapes.serverCdn, cdn: { secretGeneration: 2 } });
    assert.deepEqual(found, [
      "create tls:index/privateKey:PrivateKey web-origin-secret-2",
      "update aws:cloudfront/distribution:Distribution web",
      "update aws:ssm/parameter:Parameter web-origin-secrets",
      "update command:local:Command web-apply",
    ]);
  });

  it("puts a fleet behind the same distribution, whose name stays", async () => {
    const found = await changedBy(shapes.fleetCdn);
    assert.deepEqual(ofKinds(found, kind.name, kind.bucket, kind.parameter, kind.distribution), [
      "update aws:cloudfront/distribution:Distribution web",
    ]);
    assert.deepEqual(of(found, /Command web-names$/), []);
    await up();
    await stack.passesPolicies();
  });

  it("takes the distribution away from a fleet: machines, balancer and bucket stay", async () => {
    const found = await changedBy(shapes.fleet);
    assert.deepEqual(ofKinds(found, kind.bucket, /autoscaling\/group:Group/, /lb\/loadBalancer:/, /ec2\/subnet:/), []);
    assert.deepEqual(replaced(found), []);
    assert.deepEqual(ofKinds(found, kind.name, kind.distribution, kind.parameter, /Command web-names$/), [
      "delete aws:cloudfront/distribution:Distribution web",
      "delete aws:ssm/parameter:Parameter web-origin-secrets",
      "update aws:route53/record:Record web-www.example.com-a",
      "update command:local:Command web-names",
    ]);
    await up();
  });

  it("moves from a fleet to one server", async () => {
    const found = await changedBy(shapes.server);
    assert.deepEqual(ofKinds(found, kind.name, kind.bucket), [
      "update aws:route53/record:Record web-www.example.com-a",
    ]);
    assert.deepEqual(of(found, /Command web-names$/), ["update command:local:Command web-names"]);
    await up();
  });

  it("can be destroyed", () => stack.destroyed());
});
