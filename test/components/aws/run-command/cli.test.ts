import assert from "node:assert/strict";
import { Ended, runProgram } from "../run-program";
import { StandInService } from "../stand-in-service";

const plan = "a".repeat(64);
const spec = { instance: "i-0123456789abcdef0", region: "eu-central-1", plan };

/** What was asked of Systems Manager. */
interface Asked {
  action: string;
  authorization: string;
  body: Record<string, unknown>;
}

const run = (environment: NodeJS.ProcessEnv): Promise<Ended> =>
  runProgram(["components/aws/run-command/cli.ts"], spec, environment);

describe("the program that asks a host", function () {
  this.timeout(30_000);
  let asked: Asked[];
  let applied: string;

  beforeEach(() => {
    asked = [];
    applied = plan;
  });
  const service = new StandInService("SSM", ({ headers, body: text }) => {
    const action = String(headers["x-amz-target"]).replace("AmazonSSM.", "");
    const body = JSON.parse(text) as Record<string, unknown>;
    asked.push({ action, authorization: String(headers.authorization), body });
    const { status, answer } = answerTo(action, body);
    return { status, type: "application/x-amz-json-1.1", body: JSON.stringify(answer) };
  });

  function answerTo(action: string, body: Record<string, unknown>): { status: number; answer: object } {
    if (action === "DescribeInstanceInformation") return { status: 200, answer: pageOf(body) };
    if (action === "SendCommand") {
      const [line] = (body.Parameters as { commands: string[] }).commands;
      return { status: 200, answer: { Command: { CommandId: line!.includes("cat") ? "status" : "apply" } } };
    }
    const early = asked.filter((one) => one.action === action).length === 1;
    if (early) return { status: 400, answer: { __type: "InvocationDoesNotExist" } };
    const state = { state: "applied", applied, message: "every app answers", problems: [] };
    return { status: 200, answer: { Status: "Success", StandardOutputContent: JSON.stringify(state) } };
  }

  /** Of the two machines of a group there is one on each page, and another that does not answer. */
  function pageOf({ Filters, NextToken }: Record<string, unknown>): object {
    const [{ Key = "" } = {}] = Filters as { Key?: string }[];
    if (Key === "InstanceIds") return { InstanceInformationList: [{ PingStatus: "Online" }] };
    const gone = { InstanceId: "i-0", PingStatus: "ConnectionLost" };
    if (NextToken === undefined) return { InstanceInformationList: [gone, machine(2)], NextToken: "more" };
    return { InstanceInformationList: [machine(1)] };
  }

  const machine = (number: number): object => ({ InstanceId: `i-${number}`, PingStatus: "Online" });

  it("speaks to Systems Manager in the region of the machine, with the credentials of the environment", async () => {
    const { code, stdout, stderr } = await run(service.account());
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), { applied: plan, message: "every app answers" });
    assert.deepEqual(
      asked.map(({ action }) => action),
      [
        "DescribeInstanceInformation",
        "SendCommand",
        "GetCommandInvocation",
        "GetCommandInvocation",
        "SendCommand",
        "GetCommandInvocation",
      ],
    );
    assert.match(asked[0]!.authorization, /Credential=AKIAEXAMPLE\/\d+\/eu-central-1\/ssm\//);
    assert.deepEqual(asked[1]!.body, {
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [spec.instance],
      Comment: "Landfall: apply the host plan",
      Parameters: {
        commands: ["python3 /usr/local/lib/landfall/bootstrap.py"],
        executionTimeout: ["3600"],
      },
    });
    assert.doesNotMatch(stdout + stderr, /example secret/);
  });

  it("asks the machines of a group one after the other, whatever page they are on", async () => {
    const group = "landfall-dev-web-0123456789ab-1";
    const LANDFALL_SPEC = JSON.stringify({ group, region: "eu-central-1", plan });
    const { code, stdout, stderr } = await run({ ...service.account(), LANDFALL_SPEC });
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), { applied: plan, message: `2 machines of group ${group} healthy` });
    assert.deepEqual(asked[0]!.body.Filters, [{ Key: "tag:aws:autoscaling:groupName", Values: [group] }]);
    assert.deepEqual(
      asked.filter(({ action }) => action === "SendCommand").map(({ body }) => body.InstanceIds),
      [["i-1"], ["i-1"], ["i-2"], ["i-2"]],
    );
  });

  it("fails with the host's reason and without a stack trace", async () => {
    applied = "b".repeat(64);
    const { code, stdout, stderr } = await run(service.account());
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /instance i-0123456789abcdef0: every app answers/);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });

  it("says that it only simulates, and asks nobody", async () => {
    const { code, stdout, stderr } = await run({ ...service.account(), LANDFALL_SIMULATE: "1" });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), { simulated: true });
    assert.match(stderr, /^simulation: instance i-0123456789abcdef0 is not there/);
    assert.deepEqual(asked, []);
    const LANDFALL_SPEC = JSON.stringify({ group: "web-1", region: "eu-central-1", plan });
    const ofGroup = await run({ ...service.account(), LANDFALL_SIMULATE: "1", LANDFALL_SPEC });
    assert.match(ofGroup.stderr, /^simulation: group web-1 is not there/);
  });
});
