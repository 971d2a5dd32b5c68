import assert from "node:assert/strict";
import { Ended, runProgram } from "../run-program";
import { Answer, NameServer } from "./name-server";

const spec = {
  domains: ["www.example.com", "*.example.com"],
  zones: [{ name: "example.com", nameServers: ["ns-1.awsdns.example", "ns-2.awsdns.example"] }],
  zoneFile: "",
};

const run = (environment: NodeJS.ProcessEnv, more: Partial<typeof spec> = {}): Promise<Ended> =>
  runProgram(["components/aws/certificate/dns-check-cli.ts"], { ...spec, ...more }, environment);

const root: Answer = { name: "", type: "NS", data: "a.root-servers.net" };
const ours: Answer[] = [
  { name: "example.com", type: "NS", data: "ns-1.awsdns.example" },
  { name: "example.com", type: "NS", data: "ns-2.awsdns.example" },
];

describe("the program that asks public DNS", function () {
  this.timeout(30_000);
  let server: NameServer;
  const serve = async (...answers: Answer[]): Promise<NodeJS.ProcessEnv> => {
    server = await NameServer.start(answers);
    return { LANDFALL_DNS_SERVERS: server.address };
  };
  afterEach(async () => await server.stop());

  it("is content with a delegated zone that Amazon may issue for", async () => {
    const issue: Answer = { name: "example.com", type: "CAA", data: "issue amazon.com" };
    const { code, stdout, stderr } = await run(await serve(root, ...ours, issue));
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '{"asked":true}\n', stderr: "" });
    assert.deepEqual(
      new Set(server.asked),
      new Set(["NS ", "NS example.com", "CAA www.example.com", "CAA example.com"]),
    );
  });

  it("fails with name servers found and expected, and who may issue, but without a stack trace", async () => {
    const elsewhere: Answer = { name: "example.com", type: "NS", data: "ns.registrar.example" };
    const issue: Answer = { name: "example.org", type: "CAA", data: "issue letsencrypt.org" };
    const environment = await serve(root, elsewhere, issue);
    const { code, stdout, stderr } = await run(environment, { domains: [...spec.domains, "example.org"] });
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.equal(
      stderr,
      `ACM could not issue the certificate:
  zone example.com: public DNS sends to ns.registrar.example, while the hosted zone is at ns-1.awsdns.example, ns-2.awsdns.example; set ns-1.awsdns.example, ns-2.awsdns.example at its registrar, or as NS records in the zone above it
  example.org: the CAA records of example.org allow letsencrypt.org only; add 0 issue "amazon.com" there
`,
    );
  });

  it("says that it could not ask, and goes on, where public DNS is out of reach", async () => {
    const { code, stdout, stderr } = await run(await serve());
    assert.deepEqual({ code, stdout }, { code: 0, stdout: '{"asked":false}\n' });
    assert.equal(
      stderr,
      "public DNS cannot be asked from here (no answer), so delegation and CAA records are not checked\n",
    );
  });

  it("shows the records that somebody else has to create", async () => {
    const zoneFile = "_1.example.com. 300 IN CNAME _2.acm-validations.aws.\n";
    const { code, stderr } = await run(await serve(root), { zones: [], zoneFile });
    assert.equal(code, 0);
    assert.match(stderr, /^ACM waits for these records; .* create them:\n_1\.example\.com\. 300 IN CNAME/);
  });

  it("says that it only simulates, and asks nobody", async () => {
    const { code, stdout, stderr } = await run({ ...(await serve()), LANDFALL_SIMULATE: "1" });
    assert.deepEqual({ code, stdout }, { code: 0, stdout: '{"asked":false}\n' });
    assert.equal(stderr, "simulation: no certificate is waited for, so public DNS was asked nothing\n");
    assert.deepEqual(server.asked, []);
  });
});
