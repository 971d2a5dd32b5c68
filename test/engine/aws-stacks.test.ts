import assert from "node:assert/strict";
import type { CostEstimate } from "../../components/aws/costs/estimate";
import { HostPlan } from "../../components/host/plan";
import { changes, shortName, Step } from "./aws-project";
import { useAwsProject } from "./aws-stack";

const instanceType = "aws:ec2/instance:Instance";

/** The steps that do something; digests in names are as they may. */
const changed = (steps: readonly Step[]): string[] =>
  changes(steps, ["aws", "command", "tls"])
    .map((change) => change.replace(/-[0-9a-f]{8,12}$/, "-*"))
    .sort();

describe("the stacks in AWS, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  const project = useAwsProject(async (made) => {
    await made.pulumi("stack", "init", "dev");
    await made.pulumi("stack", "init", "prod");
  });

  const stepOf = (steps: readonly Step[], type: string, name: RegExp = /./): Step => {
    const found = steps.filter(({ urn }) => urn.includes(`${type}::`) && name.test(urn.split("::").at(-1)!));
    assert.equal(found.length, 1, `${type} ${name}: ${found.map(({ urn }) => shortName(urn)).join(", ")}`);
    return found[0]!;
  };

  describe("dev", () => {
    it("previews without credentials, with plan, user data and policies known", async () => {
      const steps = await project.previewed("dev");
      const inputs = (type: string, name?: RegExp): Record<string, unknown> =>
        stepOf(steps, type, name).newState!.inputs!;
      const object = "aws:s3/bucketObjectv2:BucketObjectv2";
      const plan = JSON.parse(inputs(object, /-plan$/).content as string) as HostPlan;
      assert.deepEqual(plan.apps.map(({ name }) => name).sort(), ["dashboard", "journal", "live"]);
      assert.match(inputs(instanceType).userData as string, /^#cloud-config\n/);
      assert.match(inputs(instanceType).ami as string, /^ami-/);
      assert.match(inputs("aws:iam/rolePolicy:RolePolicy", /-reads$/).policy as string, /s3:GetObject/);
      assert.match(inputs("aws:s3/bucketPolicy:BucketPolicy").policy as string, /aws:SecureTransport/);
    });

    it("comes up, says that it is simulated, and has nothing to do afterwards", async () => {
      const { shown } = await project.pulumi("up", "--yes", "--skip-preview", "--stack", "dev");
      assert.match(shown, /simulation: instance i-\w+ is not there, so no host was asked to apply plan/);
      assert.deepEqual(changed(await project.previewed("dev")), []);
    });

    it("has no secret and no key in its state", async () => {
      const state = JSON.stringify(await project.state("dev"));
      assert.doesNotMatch(state, /PRIVATE KEY/);
    });

    it("says by its outputs what others have to do, and what it costs", async () => {
      const output = async (name: string): Promise<unknown> =>
        JSON.parse((await project.pulumi("stack", "output", name, "--json", "--stack", "dev")).stdout);
      const requests = (await output("requests")) as string;
      assert.match(requests, /^# Requests\n/);
      assert.match(requests, /ec2:RunInstances/);
      assert.match(requests, /587 \(submission\) \| `smtp\.dev\.example\.com`/);
      const { lines, usdPerMonth, region } = (await output("costs")) as CostEstimate;
      assert.equal(region, "eu-central-1");
      assert.ok(usdPerMonth > 0 && lines.length > 3, JSON.stringify(lines));
      assert.deepEqual(await output("groupName"), "");
    });

    it("becomes a fleet by one word, which previews", async () => {
      await project.pulumi("config", "set", "shape", "fleet", "--stack", "dev");
      const steps = await project.previewed("dev");
      await project.pulumi("config", "set", "shape", "server", "--stack", "dev");
      const { minSize, maxSize } = stepOf(steps, "aws:autoscaling/group:Group").newState!.inputs!;
      assert.deepEqual([minSize, maxSize], [2, 4]);
    });

    it("changes plan, code and pointer and asks the host, but touches nothing else, when an app changes", async () => {
      project.edit("examples/live/page.html", (page) => page.replace("</body>", "<p>Again.</p></body>"));
      assert.deepEqual(changed(await project.previewed("dev")), [
        "create aws:s3/bucketObjectv2:BucketObjectv2 web-code-*",
        "delete aws:s3/bucketObjectv2:BucketObjectv2 web-code-*",
        "replace aws:s3/bucketObjectv2:BucketObjectv2 web-plan",
        "update aws:s3/bucketObjectv2:BucketObjectv2 web-current",
        "update command:local:Command web-apply",
      ]);
      await project.pulumi("up", "--yes", "--skip-preview", "--stack", "dev");
    });

    it("stops and starts the machine for another size, and makes none", async () => {
      await project.pulumi("config", "set", "instanceType", "t3.large", "--stack", "dev");
      assert.deepEqual(changed(await project.previewed("dev")), [`update ${instanceType} web-*`]);
      await project.pulumi("config", "rm", "instanceType", "--stack", "dev");
    });

    it("keeps address and data when another processor takes another machine", async () => {
      await project.pulumi("config", "set", "instanceType", "t4g.small", "--stack", "dev");
      const steps = await project.previewed("dev");
      const others = changed(steps).filter((change) => !change.includes("bucketObjectv2"));
      assert.deepEqual(others, [
        `create ${instanceType} web-*`,
        `delete ${instanceType} web-*`,
        "replace aws:ec2/eipAssociation:EipAssociation web-address",
        "replace aws:ec2/volumeAttachment:VolumeAttachment web-data",
        "update command:local:Command web-apply",
      ]);
      await project.pulumi("up", "--yes", "--skip-preview", "--stack", "dev");
      assert.deepEqual(changed(await project.previewed("dev")), []);
      await project.pulumi("config", "rm", "instanceType", "--stack", "dev");
    });

    it("refuses a domain that lies in no zone, by one clear error", async () => {
      await project.pulumi("config", "set", "domain", "www.badexample.com", "--stack", "dev");
      const { status, shown } = await project.attempt("preview", "--stack", "dev");
      await project.pulumi("config", "set", "domain", "dev.example.com", "--stack", "dev");
      assert.notEqual(status, 0);
      const [, once, ...more] = shown.split("lies in no public hosted zone of this account");
      assert.ok(once?.includes("there are zones for example.com"), shown);
      assert.equal(more.length, 1, "one for each of the two domains, said once");
      assert.match(shown, /landfall:index:DnsRecords 'web' has 2 problems/);
    });

    it("refuses a bad configuration with all that is wrong", async () => {
      await project.pulumi("config", "set", "domain", "landfall.localhost", "--stack", "dev");
      await project.pulumi("config", "set", "debian", "bookworm", "--stack", "dev");
      await project.pulumi("config", "set", "instancetype", "t3.small", "--stack", "dev");
      const { status, shown } = await project.attempt("preview", "--stack", "dev");
      await project.pulumi("config", "set", "domain", "dev.example.com", "--stack", "dev");
      await project.pulumi("config", "rm", "debian", "--stack", "dev");
      await project.pulumi("config", "rm", "instancetype", "--stack", "dev");
      assert.notEqual(status, 0);
      assert.match(shown, /the configuration of stack 'dev' has 3 problems/);
      assert.match(shown, /landfall:instancetype {2}is no setting of this stack; did you mean "instanceType"\?/);
      assert.match(shown, /landfall:domain/);
      assert.match(shown, /landfall:debian/);
    });

    it("can be destroyed", async () => {
      await project.pulumi("destroy", "--yes", "--skip-preview", "--stack", "dev");
      assert.deepEqual(await project.state("dev"), []);
    });
  });

  describe("prod", () => {
    it("comes up with machine, address, data and bucket protected", async () => {
      await project.pulumi("up", "--yes", "--skip-preview", "--stack", "prod");
      const kept = (await project.state("prod")).filter(({ protect }) => protect).map(({ type }) => type);
      assert.deepEqual(kept.sort(), ["aws:ebs/volume:Volume", "aws:ec2/eip:Eip", instanceType, "aws:s3/bucket:Bucket"]);
    });

    it("refuses to be destroyed", async () => {
      const { status, shown } = await project.attempt("destroy", "--yes", "--skip-preview", "--stack", "prod");
      assert.notEqual(status, 0);
      assert.match(shown, /protect/);
      assert.ok((await project.state("prod")).some(({ type }) => type === instanceType));
    });
  });
});
