import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";

import { Answer, FakeAws, instanceMetadata, refuse, text } from "./fake-aws";
import { pythonBeside } from "./python";

const cutOff =
  (content: string): Answer =>
  (_, response) => {
    response.writeHead(200, { "content-length": String(content.length) });
    response.write(content.slice(0, 4), () => response.destroy());
  };

const object = "GET /bucket/web/current.json";

const read = `
from landfall_apply.aws import Aws, AwsError
try:
    result = ["read", Aws(given, (0.01, 0.01, 0.01)).read("current.json").decode()]
except AwsError as error:
    result = ["error", str(error)]
`;
const readParameters = `
from landfall_apply.aws import Aws, AwsError
from landfall_apply.parameters import read_parameters
try:
    found = read_parameters(Aws(given, (0.01, 0.01, 0.01)), given["parameters"])
    result = {name: value.decode() for name, value in found.items()}
except AwsError as error:
    result = str(error)
`;

describe("a host that asks AWS", function () {
  this.timeout(20_000);
  let aws: FakeAws | undefined;
  afterEach(() => aws?.stop());

  const run = async (script: string, routes: Record<string, Answer>, first: Record<string, Answer[]> = {}) => {
    aws = new FakeAws({ ...instanceMetadata, ...routes });
    Object.assign(aws.first, first);
    const address = await aws.start();
    const endpoints = { s3: `${address}/bucket`, ssm: address, metadata: address };
    const config = {
      kind: "s3",
      bucket: "bucket",
      region: null,
      prefix: "web/",
      parameters: "/landfall/web",
      endpoints,
    };
    return await pythonBeside(script, config);
  };

  it("reads an object with the credentials of its role and the region that it is in", async () => {
    let headers: IncomingMessage["headers"] = {};
    const remember: Answer = (request, response) => {
      headers = request.headers;
      response.end("pointer");
    };
    assert.deepEqual(await run(read, { [object]: remember }), ["read", "pointer"]);
    assert.equal(headers["x-amz-security-token"], "role-token");
    assert.match(
      headers.authorization ?? "",
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-north-1\/s3\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
  });

  for (const [what, answer] of [
    ["a fault of S3", refuse(503, "<Error><Code>SlowDown</Code></Error>")],
    ["a role that is not known everywhere yet", refuse(403, "<Error><Code>InvalidAccessKeyId</Code></Error>")],
    ["a transfer that is cut off", cutOff("pointer")],
  ] as const) {
    it(`tries again after ${what}`, async () => {
      assert.deepEqual(await run(read, { [object]: text("pointer") }, { [object]: [answer, answer] }), [
        "read",
        "pointer",
      ]);
    });
  }

  it("tries again while the instance has no role yet", async () => {
    const path = "GET /latest/meta-data/iam/security-credentials/";
    const none = refuse(404, "");
    assert.deepEqual(await run(read, { [object]: text("pointer") }, { [path]: [none, none] }), ["read", "pointer"]);
  });

  it("gives up after some attempts, and says what is wrong", async () => {
    const said = await run(read, { [object]: refuse(500, "<Error><Code>InternalError</Code></Error>") });
    assert.deepEqual(said, ["error", "s3://bucket/web/current.json: 500 InternalError"]);
    assert.equal(aws?.asked.filter((what) => what === object).length, 4);
  });

  it("does not ask again for what is not there", async () => {
    assert.deepEqual(await run(read, {}), ["error", "s3://bucket/web/current.json: 404 NoSuchKey: no such key"]);
    assert.equal(aws?.asked.filter((what) => what === object).length, 1);
  });

  it("says of a refusal what it may mean", async () => {
    const denied = refuse(403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
    assert.deepEqual(await run(read, { [object]: denied }), [
      "error",
      "s3://bucket/web/current.json: 403 AccessDenied: Access Denied; the role of this instance may not read it, or " +
        "it is not there and the role may not list the bucket",
    ]);
  });

  it("repeats nothing of an answer but its code and message", async () => {
    const body = "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>role-token</StringToSign></Error>";
    const said = await run(read, { [object]: refuse(403, body) });
    assert.doesNotMatch(JSON.stringify(said), /role-token|s3cret-key/);
  });

  it("does not follow an answer to another address with its signature", async () => {
    const elsewhere: Answer = (_, response) => response.writeHead(307, { location: "/bucket/other" }).end();
    const said = (await run(read, { [object]: elsewhere, "GET /bucket/other": text("stolen") })) as string[];
    assert.match(said[1] ?? "", /^s3:\/\/bucket\/web\/current\.json: 307/);
  });

  it("says that there is no metadata service", async () => {
    const endpoints = { metadata: "http://127.0.0.1:1" };
    const config = { kind: "s3", bucket: "b", region: null, prefix: "", parameters: "/p", endpoints };
    const [, said] = (await pythonBeside(read, config)) as string[];
    assert.match(said ?? "", /^the instance metadata service cannot be reached: .*Connection refused/);
  });

  it("reads all parameters below a path, page by page", async () => {
    const pages: Record<string, object> = {
      first: { Parameters: [{ Name: "/landfall/web/secrets/shop/token", Value: "Größe" }], NextToken: "second" },
      second: { Parameters: [{ Name: "/landfall/web/tls/a.example", Value: "{}" }] },
    };
    const asked: Record<string, unknown>[] = [];
    const ssm: Answer = (request, response, body) => {
      assert.equal(request.headers["x-amz-target"], "AmazonSSM.GetParametersByPath");
      const question = JSON.parse(body) as Record<string, unknown>;
      asked.push(question);
      response.end(JSON.stringify(pages[(question.NextToken as string | undefined) ?? "first"]));
    };
    assert.deepEqual(await run(readParameters, { "POST /": ssm }), {
      "secrets/shop/token": "Größe",
      "tls/a.example": "{}",
    });
    assert.deepEqual(asked[0], { Path: "/landfall/web", Recursive: true, WithDecryption: true, MaxResults: 10 });
  });

  it("asks for parameters again when Systems Manager is busy, and names the action when it may not", async () => {
    const busy = refuse(400, JSON.stringify({ __type: "com.amazonaws#ThrottlingException", message: "Rate exceeded" }));
    const none = text(JSON.stringify({ Parameters: [] }));
    assert.deepEqual(await run(readParameters, { "POST /": none }, { "POST /": [busy, busy] }), {});
    aws?.stop();
    const denied = refuse(400, JSON.stringify({ __type: "AccessDeniedException", message: "not authorized" }));
    assert.equal(
      await run(readParameters, { "POST /": denied }),
      "GetParametersByPath of /landfall/web: 400 AccessDeniedException: not authorized",
    );
  });
});
