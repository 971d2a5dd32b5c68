import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer, Server } from "node:http";
import { AddressInfo } from "node:net";
import { join } from "node:path";

const checkout = join(__dirname, "../../../../..");
const spec = { distribution: "E1EXAMPLE" };
const program = "components/aws/cdn/invalidation/cli.ts";

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What was asked of CloudFront. */
interface Asked {
  line: string;
  authorization: string;
  body: string;
}

function run(environment: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn("node", ["--require", "ts-node/register/transpile-only", program, "invalidate"], {
    cwd: checkout,
    env: { PATH: process.env.PATH, LANDFALL_SPEC: JSON.stringify(spec), ...environment },
  });
  const ended = { code: 0, stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (ended.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (ended.stderr += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...ended, code }));
  });
}

/** CloudFront's answers are XML (CloudFront API Reference, CreateInvalidation and GetInvalidation). */
const invalidation = (status: string): string =>
  '<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">' +
  `<Id>I1</Id><Status>${status}</Status></Invalidation>`;

const refusal = (code: string, message: string): string =>
  '<?xml version="1.0"?><ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">' +
  `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe("the program that has a distribution forget what it keeps", function () {
  this.timeout(60_000);
  let server: Server;
  let asked: Asked[];
  let refuses: string | undefined;

  beforeEach((done) => {
    asked = [];
    refuses = undefined;
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (data: Buffer) => (body += data.toString()));
      request.on("end", () => {
        const line = `${request.method} ${request.url}`;
        asked.push({ line, authorization: String(request.headers.authorization), body });
        const [status, answer] = answerTo(request.method === "POST");
        response.writeHead(status, { "content-type": "text/xml" }).end(answer);
      });
    }).listen(0, "127.0.0.1", done);
  });
  afterEach((done) => void server.close(done));

  function answerTo(creates: boolean): [number, string] {
    if (refuses !== undefined) return [403, refuses];
    const isEarly = asked.length === 1;
    if (creates && isEarly) return [400, refusal("TooManyInvalidationsInProgress", "Too many.")];
    return creates ? [201, invalidation("InProgress")] : [200, invalidation("Completed")];
  }

  const account = (): NodeJS.ProcessEnv => ({
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example secret",
    AWS_ENDPOINT_URL_CLOUDFRONT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });

  it("speaks to CloudFront until it is done, with the credentials of the environment", async () => {
    const { code, stdout, stderr } = await run(account());
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), { invalidation: "I1" });
    const place = "/2020-05-31/distribution/E1EXAMPLE/invalidation";
    assert.deepEqual(
      asked.map(({ line }) => line),
      [`POST ${place}`, `POST ${place}`, `GET ${place}/I1`],
    );
    assert.match(asked[0]!.authorization, /Credential=AKIAEXAMPLE\/\d+\/us-east-1\/cloudfront\//);
    assert.match(asked[0]!.body, /<Paths><Quantity>1<\/Quantity><Items><Path>\/\*<\/Path><\/Items><\/Paths>/);
    assert.doesNotMatch(stdout + stderr, /example secret/);
  });

  it("fails with AWS's own words and without a stack trace", async () => {
    const reason =
      "User: arn:aws:iam::111122223333:user/ci is not authorized to perform: cloudfront:CreateInvalidation";
    refuses = refusal("AccessDenied", reason);
    const { code, stdout, stderr } = await run(account());
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.ok(stderr.includes(`distribution E1EXAMPLE: AccessDenied: ${reason}`), stderr);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });

  it("says that it only simulates, and asks nobody", async () => {
    const { code, stdout, stderr } = await run({ ...account(), LANDFALL_SIMULATE: "1" });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), { simulated: true });
    assert.match(stderr, /^simulation: distribution E1EXAMPLE is not there/);
    assert.deepEqual(asked, []);
  });
});
