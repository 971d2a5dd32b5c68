import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { problemText } from "../../components/app/problem";
import { awsKeys, localKeys, readAwsConfig } from "../../stacks/aws-config";

const read = (values: Record<string, string>): ReturnType<typeof readAwsConfig> =>
  readAwsConfig(Object.fromEntries(Object.entries(values).map(([key, value]) => [`landfall:${key}`, value])));
const said = (values: Record<string, string>): string[] =>
  read({ domain: "www.example.com", ...values }).problems.map((problem) => `${problem.path}: ${problemText(problem)}`);

describe("the configuration of a stack in AWS", () => {
  it("needs no more than a domain", () => {
    assert.deepEqual(read({ domain: "dev.example.com" }), {
      config: {
        domain: "dev.example.com",
        mailHost: "smtp.dev.example.com",
        shape: "server",
        fleet: { minimum: 2, maximum: 4, cpuPercent: 60 },
        email: undefined,
        notify: undefined,
        zone: undefined,
        manual: false,
        instanceType: undefined,
        debian: 12,
        tags: {},
      },
      problems: [],
    });
  });

  it("takes everything that it is told", () => {
    const values = {
      domain: "www.example.com",
      mailHost: "203.0.113.25",
      shape: "fleet",
      email: "owner@example.com",
      notify: "ops@example.com",
      zone: "example.com",
      instanceType: "t4g.small",
    };
    const numbers = { minimum: "3", maximum: "9", cpuPercent: "40" };
    const { config, problems } = read({ ...values, ...numbers, debian: "13", manual: "true", tags: '{"team":"web"}' });
    assert.deepEqual(problems, []);
    const fleet = { minimum: 3, maximum: 9, cpuPercent: 40 };
    assert.deepEqual(config, { ...values, fleet, debian: 13, manual: true, tags: { team: "web" } });
  });

  it("gives all problems at once", () => {
    const { problems } = read({ domain: "landfall.localhost", debian: "bookworm", shape: "flet", minimum: "0" });
    assert.deepEqual(
      problems.map((problem) => `${problem.path}: ${problemText(problem)}`),
      [
        'landfall:domain: "landfall.localhost" is a name of one computer only; set one that lies in a hosted zone of yours',
        'landfall:minimum: "0" is no whole number from 1 to 500; write 2',
        'landfall:shape: "flet" is not one of the choices; did you mean "fleet"?',
        'landfall:debian: "bookworm" is no whole number from 12 to 13; write 12',
      ],
    );
  });

  it("asks for a domain", () => {
    assert.match(problemText(read({}).problems[0]!), /"" is empty; give a host name/);
  });

  const wrong: [what: string, values: Record<string, string>, message: string][] = [
    ["a misspelt key", { instancetype: "t3.small" }, 'is no setting of this stack; did you mean "instanceType"?'],
    ["protection by configuration", { protection: "false" }, "is decided by the stack: prod is protected, dev is not"],
    ["a region of its own", { region: "eu-central-1" }, "is a setting of the provider; set aws:region"],
    ["fewer machines at most than at least", { minimum: "5" }, "4 is below the minimum of 5; raise it"],
    ["an address that is none", { notify: "ops" }, '"ops" is no e-mail address; write it like "ops@example.com"'],
    ["a type that is none", { instanceType: "small" }, '"small" is not an instance type'],
    ["a word that is not true or false", { manual: "yes" }, '"yes" is not one of the choices'],
    ["tags that are no texts", { tags: '{"team":1}' }, "is no object of texts; pulumi config set --path"],
    ["tags that are no object", { tags: "team=web" }, '"team=web" is no object of texts'],
  ];
  for (const [what, values, message] of wrong) {
    it(`refuses ${what}`, () => {
      const problems = said(values);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.ok(problems[0]!.includes(message), problems[0]);
    });
  }

  it("does not repeat the value of a key that it does not know", () =>
    assert.doesNotMatch(said({ password: "hunter2" }).join(), /hunter2/));

  it("leaves the settings of others alone", () =>
    assert.deepEqual(readAwsConfig({ "landfall:domain": "www.example.com", "aws:region": "x" }).problems, []));

  it("is declared in Pulumi.yaml, but for tags, which have no default", () => {
    const project = parse(readFileSync(join(__dirname, "../../Pulumi.yaml"), "utf8")) as { config: object };
    const keys = Object.keys(project.config).map((key) => key.replace(/^landfall:/, ""));
    const known = [...new Set([...awsKeys, ...localKeys])].filter((key) => key !== "tags");
    assert.deepEqual(keys.sort(), known.sort());
  });
});
