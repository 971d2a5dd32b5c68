import assert from "node:assert/strict";
import { problemText } from "../../components/app/problem";
import { readAwsConfig } from "../../stacks/aws-config";

const read = (values: Record<string, string>): ReturnType<typeof readAwsConfig> =>
  readAwsConfig((name) => values[name]);

describe("the configuration of a stack in AWS", () => {
  it("needs no more than a domain", () => {
    assert.deepEqual(read({ domain: "dev.example.com" }), {
      config: {
        domain: "dev.example.com",
        mailHost: "smtp.dev.example.com",
        email: undefined,
        zone: undefined,
        instanceType: undefined,
        debian: 12,
      },
      problems: [],
    });
  });

  it("takes everything that it is told", () => {
    const values = {
      domain: "www.example.com",
      mailHost: "203.0.113.25",
      email: "owner@example.com",
      zone: "example.com",
      instanceType: "t4g.small",
      debian: "13",
    };
    assert.deepEqual(read(values), { config: { ...values, debian: 13 }, problems: [] });
  });

  it("gives all problems at once", () => {
    const { problems } = read({ domain: "landfall.localhost", debian: "bookworm" });
    assert.deepEqual(
      problems.map((problem) => `${problem.path}: ${problemText(problem)}`),
      [
        'landfall:domain: "landfall.localhost" is a name of one computer only; set one that lies in a hosted zone of yours',
        'landfall:debian: "bookworm" is no number; write 12',
      ],
    );
  });

  it("asks for a domain", () => {
    assert.match(problemText(read({}).problems[0]!), /"" is empty; give a host name/);
  });
});
