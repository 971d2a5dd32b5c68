import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Site } from "../../../components/aws/site";
import { SiteArgs, SiteShape } from "../../../components/aws/site-args";
import type { HostPlan } from "../../../components/host/plan";
import { WebServer } from "../../../components/host/web-server/web-server";
import { Holder, makeCertificate } from "../host/tls/test-certificates";
import { useOwnCache } from "./own-cache";
import { Account, all, isSecret, one, record, Recorded, valueOf } from "./recorded";
import { gitApp } from "./sample-place";

const parameterType = "aws:ssm/parameter:Parameter";
const recordType = "aws:route53/record:Record";
const domain = "docs.example.com";
const own = gitApp({ name: "own", routes: [{ domain: "own.example.com" }] });
const webServer = { kind: WebServer.Nginx, domains: [domain], addresses: ["198.51.100.7/32"] };

const answers: Account["answers"] = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["us-west-2b", "us-west-2a"] }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333" }),
};

describe("Site, of which others look after a part", function () {
  this.timeout(20_000);
  useOwnCache();

  const site = (args: Partial<SiteArgs> = {}): Promise<Recorded<Site>> =>
    record(() => new Site("web", { apps: [gitApp(), own], ...args }), { answers });
  const planOf = (recorded: Recorded<Site>): HostPlan =>
    JSON.parse(one(recorded, "aws:s3/bucketObjectv2:BucketObjectv2", "web-plan").inputs.content as string) as HostPlan;
  const namesOf = (recorded: Recorded<Site>): string[] => all(recorded, recordType).map(({ name }) => name);
  const requestsOf = ({ result }: Recorded<Site>): Promise<string> => valueOf(result.requests);

  describe("a client's web server", () => {
    it("has the names of its domains, and the site those of others", async () =>
      assert.deepEqual(namesOf(await site({ webServer })), ["web-own.example.com-a"]));

    it("is believed about clients, by its addresses", async () => {
      const { files } = planOf(await site({ webServer }));
      const main = files.find(({ path }) => path === "/etc/nginx/nginx.conf")!;
      assert.match(main.content, /set_real_ip_from 198\.51\.100\.7\/32;/);
    });

    it("is told what to add to its settings, with the site's address", async () => {
      const recorded = await site({ webServer });
      const sheet = await requestsOf(recorded);
      const address = await valueOf(recorded.result.address);
      assert.ok(address !== "" && sheet.includes(`proxy_pass https://${address};`), sheet);
    });

    it("has no place in front of a fleet", () =>
      assert.rejects(site({ webServer, shape: SiteShape.Fleet, fleet: { minimum: 1, maximum: 2 } }), {
        message: /webServer {2}has no place in a fleet: the balancer is in front/,
      }));
  });

  describe("names", () => {
    it("are not made, but asked for, with the site's address", async () => {
      const recorded = await site({ manual: true });
      assert.deepEqual(namesOf(recorded), []);
      const address = await valueOf(recorded.result.address);
      assert.ok((await requestsOf(recorded)).includes(`docs.example.com. 300 IN A ${address}\n`));
    });

    it("are not asked for when they are made", async () =>
      assert.doesNotMatch(await requestsOf(await site()), /DNS records/));

    it("of a fleet are asked for with those that prove its certificate", async () => {
      const recorded = await site({ manual: true, shape: SiteShape.Fleet, fleet: { minimum: 1, maximum: 2 } });
      assert.deepEqual(namesOf(recorded), []);
      const sheet = await requestsOf(recorded);
      assert.match(sheet, /docs\.example\.com leads to .* by an ALIAS record/);
    });
  });

  describe("certificates of an authority that people ask", () => {
    let holder: Holder;
    let chain: string;
    before(async () => {
      const issuer = await makeCertificate({ subject: "authority" });
      holder = await makeCertificate({ subject: domain, names: [domain], issuer });
      chain = issuer.certificate;
    });
    const signed = (): Partial<SiteArgs> => ({
      certificates: { signed: { certificates: { [domain]: { ...holder, chain } } } },
    });

    it("are asked for by the host behind a distribution only where it gets them by itself", async () => {
      const asks = async (args: Partial<SiteArgs>): Promise<boolean> => {
        const recorded = await site({ shape: SiteShape.ServerCdn, ...args });
        return all(recorded, "command:local:Command").some(({ name }) => name === "web-certificates");
      };
      assert.deepEqual([await asks(signed()), await asks({})], [false, true]);
    });

    it("get to the host as secret parameters, and no other authority is asked", async () => {
      const recorded = await site(signed());
      const { inputs } = one(recorded, parameterType, `web-${domain}-certificate`);
      assert.equal(inputs.name, `/landfall/demo/test/web/tls/${domain}`);
      assert.ok(isSecret(inputs.value));
      const plan = planOf(recorded);
      assert.equal(plan.acme, undefined);
      assert.deepEqual(
        plan.certificates.map(({ parameter }) => parameter),
        [`tls/${domain}`, "tls/own.example.com"],
      );
    });

    it("have their keys nowhere else", async () => {
      const recorded = await site(signed());
      const sent = JSON.stringify(
        recorded.resources.filter(({ type }) => type !== parameterType),
        (_, value: unknown) => (isSecret(value) ? "secret" : value),
      );
      assert.doesNotMatch(sent, /PRIVATE KEY/);
    });

    it("are asked for as long as they are missing", async () => {
      const sheet = await requestsOf(await site(signed()));
      assert.match(sheet, /-keyout own\.example\.com\.key/);
      assert.doesNotMatch(sheet, /-keyout docs\.example\.com\.key/);
    });
  });

  describe("what others do", () => {
    it("has the permissions for what is made, and no more", async () => {
      const [server, fleet] = await Promise.all([
        requestsOf(await site()),
        requestsOf(await site({ shape: SiteShape.Fleet, fleet: { minimum: 1, maximum: 2 } })),
      ]);
      assert.match(server, /ec2:AllocateAddress/);
      assert.doesNotMatch(server, /elasticloadbalancing/);
      assert.match(fleet, /elasticloadbalancing:CreateLoadBalancer/);
      assert.doesNotMatch(fleet, /ec2:AllocateAddress/);
    });

    it("has the names of secrets, and no value of one", async () => {
      const app = gitApp({ secrets: [{ name: "smtp-password" }] });
      const secrets = { "docs/smtp-password": pulumi.secret("hunter2") };
      const { result } = await site({ apps: [app], secrets });
      const sheet = await valueOf(result.requests);
      assert.match(sheet, /`docs\/smtp-password`/);
      assert.doesNotMatch(sheet, /hunter2/);
      assert.ok(!isSecret(result.requests));
    });
  });

  describe("what it costs", () => {
    it("follows from what is made", async () => {
      const { lines } = await valueOf((await site()).result.costs);
      assert.deepEqual(
        lines.slice(0, 3).map(({ what, quantity }) => [what, quantity]),
        [
          ["EC2 t3.small, Linux, on demand", 1],
          ["EBS gp3", 36],
          ["public IPv4 addresses", 1],
        ],
      );
    });

    it("counts a fleet's machines, balancer and addresses", async () => {
      const { result } = await site({ shape: SiteShape.Fleet, fleet: { minimum: 2, maximum: 4, cpuPercent: 50 } });
      const { lines, usdPerMonth, usdPerMonthAtMost } = await valueOf(result.costs);
      const quantities = Object.fromEntries(lines.map(({ what, quantity }) => [what, quantity]));
      assert.equal(quantities["Application Load Balancer"], 1);
      assert.equal(quantities["public IPv4 addresses"], 4);
      assert.equal(quantities["alarms of CloudWatch"], 2);
      assert.ok(usdPerMonthAtMost > usdPerMonth);
    });
  });
});
