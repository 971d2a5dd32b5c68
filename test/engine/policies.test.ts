import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../policies/cli/main";
import { projectRoot } from "../../toolchain/commands/project";
import { Ended } from "./aws-project";
import { useAwsProject } from "./aws-stack";

/** Opens SSH to the world beside what the site opens. */
const openSsh = `
  new (require("@pulumi/aws/vpc").SecurityGroupIngressRule)("ssh", {
    securityGroupId: "sg-0123456789abcdef0", cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 22, toPort: 22,
  });`;

/** Changes the properties of each resource of a type. */
const changed = (type: string, statement: string): string => `
  require("@pulumi/pulumi").runtime.registerStackTransformation(({ type, props, opts }: any) => {
    if (type === ${JSON.stringify(type)}) ${statement}
    return { props, opts };
  });`;

const oldMetadataService = changed(
  "aws:ec2/instance:Instance",
  'props.metadataOptions = { ...props.metadataOptions, httpTokens: "optional" };',
);

const runAsRoot = changed(
  "aws:s3/bucketObjectv2:BucketObjectv2",
  'if (props.content) props.content = props.content.replaceAll("User=app-live", "User=root");',
);

describe("stack dev under the policy pack, with the real engine", function () {
  this.timeout(180_000);
  const program = "stacks/dev.ts";
  const whole = readFileSync(join(projectRoot, program), "utf8");
  const project = useAwsProject((made) => made.pulumi("stack", "init", "dev"));

  /** Previews the stack after more statements, with a configuration of the pack. */
  function preview(statements: string, config: object = {}): Promise<Ended> {
    project.edit(program, () => whole.replace("  return ", `${statements}\n  return `));
    const file = join(project.folder, "policies.json");
    writeFileSync(file, JSON.stringify(config));
    const pack = ["--policy-pack", join(projectRoot, "policies"), "--policy-pack-config", file];
    return project.attempt("preview", "--stack", "dev", "--suppress-outputs", ...pack);
  }

  it("passes as it is, without a warning", async () => {
    const { status, shown } = await preview("");
    assert.equal(status, 0, shown);
    assert.match(shown, /✅ landfall@v\d/);
    assert.doesNotMatch(shown, /\[(mandatory|advisory|remediate)\]/);
  });

  describe("with a port open to the world and a service that runs as root", () => {
    let ended: Ended;

    before(async () => {
      ended = await preview(openSsh + runAsRoot);
    });

    it("is stopped", () => assert.notEqual(ended.status, 0, ended.shown));

    it("is told the rule and the resource", () => {
      assert.match(ended.shown, /\[mandatory\] \[severity: critical\] +net-no-admin-world +\(.*: ssh\)/);
    });

    it("is told the file and the line inside the machine", () => {
      assert.match(ended.shown, /\[mandatory\] \[severity: high\] +svc-not-root +\(aws:ec2.*: web/);
      assert.match(ended.shown, /\/etc\/systemd\/system\/app-live\.service:\d+: /);
    });

    it("is judged alike from the JSON of its preview", async () => {
      const { stdout } = await project.pulumi("preview", "--json", "--show-sames", "--stack", "dev");
      const file = join(project.folder, "preview.json");
      writeFileSync(file, stdout);
      let out = "";
      const show = (text: string): void => void (out += text);
      assert.equal(main(["check", file], { out: show, err: show }), 2, out);
      assert.match(out, /FAIL +net-no-admin-world/);
      assert.match(out, /FAIL +svc-not-root/);
    });
  });

  it("is put right where that is possible, and passes", async () => {
    const { status, shown } = await preview(oldMetadataService);
    assert.equal(status, 0, shown);
    assert.match(shown, /\[remediate\] +vm-imdsv2 +\(1 resource\)/);
    assert.doesNotMatch(shown, /\[mandatory\]/);
  });

  it("is stopped or only warned as the configuration says", async () => {
    const levels = { "net-no-admin-world": "advisory", "net-ingress-declared-only": "disabled" };
    const config = { "vm-imdsv2": "mandatory", checklist: { levels } };
    const { status, shown } = await preview(oldMetadataService + openSsh, config);
    assert.notEqual(status, 0, shown);
    assert.match(shown, /\[advisory\] \[severity: critical\] +net-no-admin-world/);
    assert.match(shown, /\[mandatory\] \[severity: high\] +vm-imdsv2/);
    assert.doesNotMatch(shown, /\[remediate\]|net-ingress-declared-only/);
  });

  it("is refused with one error when the configuration names a rule that there is not", async () => {
    const { status, shown } = await preview("", { checklist: { levels: { "net-no-admin-wrld": "advisory" } } });
    assert.notEqual(status, 0);
    assert.match(shown, /validating policy config: landfall .*checklist.*net-no-admin-wrld/);
  });
});
