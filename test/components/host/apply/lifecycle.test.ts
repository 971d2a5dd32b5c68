import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Answer, FakeAws, instanceMetadata, refuse, text } from "./fake-aws";
import { pythonBeside } from "./python";

const script = `
from landfall_apply.lifecycle import enter_service
from landfall_apply.report import Failure
try:
    enter_service(given["config"], given["mark"], (0.01, 0.01))
    result = "entered"
except Failure as failure:
    result = str(failure)
`;

const instance = "i-0123456789abcdef0";
const member: Record<string, Answer> = {
  ...instanceMetadata,
  "GET /latest/meta-data/instance-id": text(instance),
  "GET /latest/meta-data/tags/instance/aws:autoscaling:groupName": text("landfall-dev-web-0123456789ab-1"),
};
const xml = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe("a machine of a fleet whose apps are healthy", function () {
  this.timeout(20_000);
  let folder: string;
  let aws: FakeAws;
  let told: { body: string; authorization: string }[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-lifecycle-"));
    told = [];
  });
  afterEach(() => {
    aws.stop();
    rmSync(folder, { recursive: true });
  });

  const takes: Answer = (request, response, body) => {
    told.push({ body, authorization: request.headers.authorization ?? "" });
    response.end("<CompleteLifecycleActionResponse/>");
  };

  /** Lets it enter, with what AWS answers, and says how that ended. */
  async function enter(routes: Record<string, Answer>, more: object = { lifecycleHook: "landfall-healthy" }) {
    aws = new FakeAws(routes);
    const address = await aws.start();
    const endpoints = { autoscaling: address, metadata: address };
    const store = { kind: "s3", bucket: "b", region: "eu-north-1", prefix: "", parameters: "/p", endpoints };
    writeFileSync(join(folder, "store.json"), JSON.stringify({ ...store, ...more }));
    return await pythonBeside(script, { config: join(folder, "store.json"), mark: join(folder, "in-service") });
  }

  it("tells its group, in its own name, once", async () => {
    assert.equal(await enter({ ...member, "POST /": takes }), "entered");
    assert.deepEqual(Object.fromEntries(new URLSearchParams(told[0]?.body)), {
      Action: "CompleteLifecycleAction",
      Version: "2011-01-01",
      AutoScalingGroupName: "landfall-dev-web-0123456789ab-1",
      LifecycleHookName: "landfall-healthy",
      LifecycleActionResult: "CONTINUE",
      InstanceId: instance,
    });
    assert.match(told[0]?.authorization ?? "", /\/eu-north-1\/autoscaling\/aws4_request/);
    aws.stop();
    assert.equal(await enter({ ...member, "POST /": takes }), "entered");
    assert.equal(told.length, 1);
  });

  it("tells it again on a machine that was made from an image of another", async () => {
    writeFileSync(join(folder, "in-service"), "i-0fedcba9876543210");
    await enter({ ...member, "POST /": takes });
    assert.equal(told.length, 1);
    assert.equal(readFileSync(join(folder, "in-service"), "utf8"), instance);
  });

  it("asks nobody anything where it is in no group", async () => {
    assert.equal(await enter({}, {}), "entered");
    assert.deepEqual(aws.asked, []);
  });

  it("tries again while its role is not known everywhere", async () => {
    let asked = 0;
    const later: Answer = (request, response, body) =>
      (asked++ === 0 ? refuse(403, xml("AccessDenied", "not authorized")) : takes)(request, response, body);
    assert.equal(await enter({ ...member, "POST /": later }), "entered");
    assert.equal(told.length, 1);
  });

  it("is content when nothing waits for it any more", async () => {
    const late = refuse(400, xml("ValidationError", `No active Lifecycle Action found with instance ID ${instance}`));
    assert.equal(await enter({ ...member, "POST /": late }), "entered");
    assert.equal(readFileSync(join(folder, "in-service"), "utf8"), instance);
  });

  it("says what is in the way, and tries again the next time", async () => {
    const denied = refuse(403, xml("AccessDenied", "not authorized"));
    assert.equal(
      await enter({ ...member, "POST /": denied }),
      "every app is healthy, but the Auto Scaling group could not be told: CompleteLifecycleAction of " +
        "landfall-dev-web-0123456789ab-1: 403 AccessDenied: not authorized",
    );
    aws.stop();
    assert.equal(await enter({ ...member, "POST /": takes }), "entered");
    assert.equal(told.length, 1);
  });

  it("says that its group cannot be found", async () => {
    const { "GET /latest/meta-data/tags/instance/aws:autoscaling:groupName": _, ...others } = member;
    assert.equal(
      await enter({ ...others, "POST /": takes }),
      "every app is healthy, but the Auto Scaling group could not be told: the instance metadata service, " +
        "meta-data/tags/instance/aws:autoscaling:groupName: answered 404",
    );
  });
});
