import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { ensureEngine } from "../../toolchain/engine/engine";
import { definitions } from "../../toolchain/providers/aws/resources";
import { planted } from "./aws-provider-resources";
import { noAccess } from "./no-access";

const modules = path.resolve(__dirname, "../../node_modules");

/** Makes the resources of a file, by the SDK's own classes. */
const program = `
const resources = require("./resources.json");
for (const [token, inputs] of Object.entries(resources)) {
  const [, module, name] = token.split(":");
  const { [name]: Resource } = require("@pulumi/aws/" + module);
  const resource = new Resource(name, inputs);
  if (name === "Instance") Object.assign(exports, { type: resource.instanceType, address: resource.publicIp });
}
`;

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly output: string;
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly replaceReasons?: string[];
}

describe("the recording aws provider with the real engine", function () {
  this.timeout(120_000);
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-aws-provider-"));
    const engine = await ensureEngine({ report: () => {}, env: { ...process.env, LANDFALL_SIMULATE: "1" } });
    fs.mkdirSync(path.join(folder, "state"));
    env = {
      ...process.env,
      ...noAccess,
      ...engine.env,
      PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      LANDFALL_SIMULATE: "1",
    };
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: recorded\nruntime: nodejs\nmain: index.js\n");
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "recorded", main: "index.js" }));
    fs.writeFileSync(path.join(folder, "index.js"), program);
    fs.symlinkSync(modules, path.join(folder, "node_modules"));
    await succeed("stack", "init", "test");
    await succeed("config", "set", "aws:region", "eu-central-1");
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  const pulumi = (args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Run> =>
    new Promise((resolve) => {
      execFile(
        "pulumi",
        [...args, "--non-interactive"],
        { cwd: folder, env: { ...env, ...more }, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => resolve({ status: error ? Number(error.code) : 0, stdout, output: stdout + stderr }),
      );
    });

  async function succeed(...args: string[]): Promise<Run> {
    const run = await pulumi(args);
    assert.equal(run.status, 0, run.output);
    return run;
  }

  function declare(resources: Readonly<Record<string, object>>): void {
    fs.writeFileSync(path.join(folder, "resources.json"), JSON.stringify(resources));
  }

  /** Every kind of resource, with the change that replaces it or without. */
  function declareAll(change: boolean): void {
    const inputsOf = ({ inputs, change: other }: (typeof planted)[string]): object => ({
      ...inputs,
      ...(change && other),
    });
    declare(Object.fromEntries(Object.entries(planted).map(([token, each]) => [token, inputsOf(each)])));
  }

  async function previewed(): Promise<Step[]> {
    const { stdout } = await succeed("preview", "--json", "--show-replacement-steps");
    return (JSON.parse(stdout) as { steps: Step[] }).steps;
  }

  /** `aws:ec2/instance:Instance` of a URN. */
  const typeOf = (urn: string): string => urn.split("::")[2] ?? "";

  it("has a replacement planted for every kind of resource that can be replaced", () => {
    const kinds = Object.entries(definitions).filter(([, { neverReplaced }]) => neverReplaced === undefined);
    assert.deepEqual(Object.keys(planted).sort(), kinds.map(([token]) => token).sort());
  });

  it("names a type that it has no table for", async () => {
    declare({ "aws:sqs/queue:Queue": {} });
    const { status, output } = await pulumi(["preview"]);
    assert.notEqual(status, 0);
    assert.match(output, /stand-in for the aws provider has no resource aws:sqs\/queue:Queue/);
  });

  it("previews without credentials, and says that AWS is simulated", async () => {
    declareAll(false);
    const { output } = await succeed("preview");
    assert.match(output, /warning: aws is simulated here/);
    assert.match(output, new RegExp(`\\+ ${Object.keys(planted).length + 1} to create`));
  });

  it("shows unknown at a preview what AWS decides, and known what the program gave", async () => {
    const { output } = await succeed("preview");
    assert.match(output, /address: \[unknown\]\s+type +: "t3\.small"/);
  });

  it("refuses an up that nobody asked to simulate, with one reason", async () => {
    const { status, output } = await pulumi(["up", "--yes", "--skip-preview"], { LANDFALL_SIMULATE: "" });
    assert.notEqual(status, 0);
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    assert.equal(diagnostics.match(/makes nothing in AWS, so it only previews/g)?.length, 1, output);
  });

  it("refuses an up whose state is not in a temporary folder", async () => {
    // The state itself must not be elsewhere, so here it is the idea of what is temporary that is moved.
    const elsewhere = path.join(folder, "elsewhere");
    fs.mkdirSync(elsewhere);
    const { status, output } = await pulumi(["up", "--yes", "--skip-preview"], { TMPDIR: elsewhere });
    assert.notEqual(status, 0);
    assert.match(output, /simulated only with its state in a temporary folder/);
  });

  it("records an up, and finds nothing to change afterwards, also after a refresh", async () => {
    await succeed("up", "--yes", "--skip-preview");
    await succeed("refresh", "--yes", "--skip-preview");
    const { output } = await succeed("up", "--yes", "--skip-preview");
    assert.match(output, new RegExp(`${Object.keys(planted).length + 1} unchanged`));
  });

  it("keeps a parameter's value out of the state", async () => {
    const { stdout } = await succeed("stack", "export");
    assert.doesNotMatch(stdout, /hunter2/);
    assert.match(stdout, /\/web\/password/);
  });

  describe("when each resource is changed so that it cannot stay", () => {
    let steps: Step[];
    before(async () => {
      declareAll(true);
      steps = await previewed();
    });

    for (const [token, { change, deletesFirst = false }] of Object.entries(planted)) {
      it(`reports the replacement of ${token}, for that reason, ${deletesFirst ? "after" : "before"} its deletion`, () => {
        const own = steps.filter(({ urn }) => typeOf(urn) === token);
        const ops = own.map(({ op }) => op).filter((op) => op !== "replace");
        const made = "create-replacement";
        const gone = "delete-replaced";
        assert.deepEqual(ops, deletesFirst ? [gone, made] : [made, gone]);
        const reasons = own.find(({ op }) => op === made)?.replaceReasons ?? [];
        assert.deepEqual([...reasons].sort(), Object.keys(change).sort());
      });
    }
  });

  describe("in the end", () => {
    it("deletes what it recorded", async () => {
      const { output } = await succeed("destroy", "--yes", "--skip-preview");
      assert.match(output, new RegExp(`- ${Object.keys(planted).length + 1} deleted`));
    });
  });
});
