import assert from "node:assert/strict";
import { makeCertificate } from "../components/host/tls/test-certificates";
import { ResourceState, shortName } from "./aws-project";
import { useAwsStack } from "./aws-stack";

/** The program of a stack `names`, which says by its configuration what it wants. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { Certificate, DnsRecords, HostedZone } from "../components";

const pem = (base64: string): string => Buffer.from(base64, "base64").toString();

export function names(): object {
  const config = new pulumi.Config("names");
  const web = new Certificate("web", {
    domains: config.requireObject("domains"),
    regions: config.getObject("regions"),
    expiryAlarm: config.getObject("expiryAlarm"),
  });
  const { zoneId: id, nameServers } = new HostedZone("dev", { name: "dev.example.com", parent: { name: "example.com" } });
  const zone = { name: "dev.example.com", id, nameServers };
  new Certificate("dev", { domains: ["dev.example.com"], zone });
  new DnsRecords("dev", { domains: ["dev.example.com"], ipv4: "192.0.2.1", zone, caa: { issuers: ["amazon.com"] } });
  const theirs = new Certificate("theirs", { domains: ["client.test"], manual: true });
  const bought = new Certificate("bought", {
    domains: ["shop.test"],
    importPem: { certificate: pem(config.require("certificate")), privateKey: config.requireSecret("privateKey").apply(pem) },
  });
  return { arns: web.arns, bought: bought.arn, zoneFile: theirs.zoneFile };
}
`;

const certificate = "aws:acm/certificate:Certificate";
const validation = "aws:acm/certificateValidation:CertificateValidation";
const record = "aws:route53/record:Record";
const check = "command:local:Command";

/** A command line takes no text that begins with hyphens. */
const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("names and certificates, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  const stack = useAwsStack({ name: "names", providers: ["aws", "command"] });
  const { project } = stack;
  const set = (...args: string[]): Promise<unknown> => project.pulumi("config", "set", ...args, "--stack", stack.name);
  const setAll = async (name: string, values: string[]): Promise<void> => {
    for (const [index, value] of values.entries()) await set("--path", `names:${name}[${index}]`, value);
  };
  const named = async (type: string): Promise<Map<string, ResourceState>> =>
    new Map((await stack.recorded(type)).map((one) => [shortName(one.urn), one]));

  before(async () => {
    project.write("stacks/names.ts", program);
    project.edit("stacks/index.ts", (text) =>
      text.replace("  dev: () =>", '  names: () => (require("./names") as { names(): object }).names(),\n  dev: () =>'),
    );
    const shop = await makeCertificate({ subject: "shop.test", names: ["shop.test"] });
    await set("names:certificate", base64(shop.certificate));
    await set("--secret", "names:privateKey", base64(shop.privateKey));
    await setAll("domains", ["example.com", "*.example.com"]);
  });

  it("come up, say what is simulated and what others have to create, and have nothing to do afterwards", async () => {
    const { shown } = await stack.up();
    assert.match(shown, /simulation: no certificate is waited for, so public DNS was asked nothing/);
    assert.match(shown, /ACM waits for these records/);
    assert.match(shown, /_[0-9a-f]{32}\.client\.test\. 300 IN CNAME _[0-9a-f]{32}\.\w+\.acm-validations\.aws\./);
    assert.deepEqual(await stack.changes(), []);
    assert.deepEqual([...(await named(record)).keys()].sort(), [
      `${record} dev-delegation`,
      `${record} dev-dev.example.com-a`,
      `${record} dev-dev.example.com-caa`,
      `${record} dev-dev.example.com-validation`,
      `${record} web-example.com-validation`,
    ]);
  });

  it("have no private key in their state", async () => {
    assert.doesNotMatch(JSON.stringify(await stack.state()), /PRIVATE KEY/);
  });

  it("replace the certificate for another domain, the new one first, and leave the records of the others alone", async () => {
    const before = await named(record);
    await setAll("domains", ["example.com", "*.example.com", "www.example.org"]);
    assert.deepEqual(await stack.changes(), [
      `create ${record} web-www.example.org-validation`,
      `replace ${certificate} web`,
      `replace ${validation} web`,
      `update ${check} web-dns`,
    ]);
    const { shown } = await stack.up();
    const at = (what: RegExp): number => {
      const found = shown.split("\n").findIndex((line) => what.test(line));
      assert.notEqual(found, -1, `${what}:\n${shown}`);
      return found;
    };
    const made = at(/^ *\+\+ +.*acm:Certificate +web created replacement/);
    const issued = at(/^ *\+\+ +.*acm:CertificateValidation +web created replacement/);
    const gone = at(/^ *-- +.*acm:Certificate +web deleted original/);
    assert.ok(made < issued && issued < gone, shown);
    const after = await named(record);
    for (const [name, old] of before) {
      const { id, created, modified } = after.get(name)!;
      assert.deepEqual({ id, created, modified }, { id: old.id, created: old.created, modified: old.modified }, name);
    }
    assert.deepEqual(await stack.changes(), []);
  });

  it("share their records between regions, and keep the certificate of the first", async () => {
    await setAll("regions", ["eu-central-1", "us-east-1"]);
    assert.deepEqual(await stack.changes(), [
      `create ${certificate} web-us-east-1`,
      `create ${validation} web-us-east-1`,
    ]);
    await stack.up();
    const { stdout } = await project.pulumi("stack", "output", "arns", "--json", "--stack", stack.name);
    const arns = JSON.parse(stdout) as Record<string, string>;
    assert.deepEqual(
      Object.entries(arns).map(([region, arn]) => [region, arn.split(":")[3]]),
      [
        ["eu-central-1", "eu-central-1"],
        ["us-east-1", "us-east-1"],
      ],
    );
    assert.deepEqual(await stack.changes(), []);
  });

  it("refuse a key that is not the certificate's, and do not repeat it", async () => {
    const other = await makeCertificate({ subject: "shop.test", names: ["shop.test"] });
    await set("--secret", "names:privateKey", base64(other.privateKey));
    const shown = await stack.refused();
    assert.match(shown, /importPem\.privateKey {2}is not the key of the certificate/);
    assert.ok(!shown.includes(other.privateKey.split("\n")[1]!));
  });

  it("can be destroyed", () => stack.destroyed());
});
