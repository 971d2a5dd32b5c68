import assert from "node:assert/strict";
import { Ended, runProgram } from "../../run-program";
import { ServiceRequest, StandInService } from "../../stand-in-service";

const spec = { distribution: "E1EXAMPLE" };

const run = (environment: NodeJS.ProcessEnv): Promise<Ended> =>
  runProgram(["components/aws/cdn/invalidation/cli.ts", "invalidate"], spec, environment);

/** CloudFront's answers are XML (CloudFront API Reference, CreateInvalidation and GetInvalidation). */
const invalidation = (status: string): string =>
  '<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">' +
  `<Id>I1</Id><Status>${status}</Status></Invalidation>`;

const refusal = (code: string, message: string): string =>
  '<?xml version="1.0"?><ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">' +
  `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe("the program that has a distribution forget what it keeps", function () {
  this.timeout(60_000);
  let asked: ServiceRequest[];
  let refuses: string | undefined;

  beforeEach(() => {
    asked = [];
    refuses = undefined;
  });
  const service = new StandInService("CLOUDFRONT", (request) => {
    asked.push(request);
    const [status, body] = answerTo(request.line.startsWith("POST "));
    return { status, type: "text/xml", body };
  });

  function answerTo(creates: boolean): [number, string] {
    if (refuses !== undefined) return [403, refuses];
    const isEarly = asked.length === 1;
    if (creates && isEarly) return [400, refusal("TooManyInvalidationsInProgress", "Too many.")];
    return creates ? [201, invalidation("InProgress")] : [200, invalidation("Completed")];
  }

  it("speaks to CloudFront until it is done, with the credentials of the environment", async () => {
    const { code, stdout, stderr } = await run(service.account());
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), { invalidation: "I1" });
    const place = "/2020-05-31/distribution/E1EXAMPLE/invalidation";
    assert.deepEqual(
      asked.map(({ line }) => line),
      [`POST ${place}`, `POST ${place}`, `GET ${place}/I1`],
    );
    assert.match(asked[0]!.headers.authorization!, /Credential=AKIAEXAMPLE\/\d+\/us-east-1\/cloudfront\//);
    assert.match(asked[0]!.body, /<Paths><Quantity>1<\/Quantity><Items><Path>\/\*<\/Path><\/Items><\/Paths>/);
    assert.doesNotMatch(stdout + stderr, /example secret/);
  });

  it("fails with AWS's own words and without a stack trace", async () => {
    const reason =
      "User: arn:aws:iam::111122223333:user/ci is not authorized to perform: cloudfront:CreateInvalidation";
    refuses = refusal("AccessDenied", reason);
    const { code, stdout, stderr } = await run(service.account());
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.ok(stderr.includes(`distribution E1EXAMPLE: AccessDenied: ${reason}`), stderr);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });

  it("says that it only simulates, and asks nobody", async () => {
    const { code, stdout, stderr } = await run({ ...service.account(), LANDFALL_SIMULATE: "1" });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), { simulated: true });
    assert.match(stderr, /^simulation: distribution E1EXAMPLE is not there/);
    assert.deepEqual(asked, []);
  });
});
