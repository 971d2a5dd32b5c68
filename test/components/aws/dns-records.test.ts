import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { DnsRecords } from "../../../components/aws/dns-records";
import { DnsRecordsArgs, FailoverRole } from "../../../components/aws/dns-records-args";
import { Account, all, one, record, Recorded, valueOf } from "./recorded";

const recordType = "aws:route53/record:Record";
const domains = ["example.com", "live.eu.example.com"];

const records = (args: Partial<DnsRecordsArgs> = {}, there: Partial<Account> = {}): Promise<Recorded<DnsRecords>> =>
  record(() => new DnsRecords("web", { domains, ipv4: "203.0.113.7", ...args }), there);

describe("DnsRecords", () => {
  it("makes an A record for each domain, in the zone with the longest name", async () => {
    const zones = [
      { zoneId: "Z1", name: "example.com", privateZone: false },
      { zoneId: "Z2", name: "eu.example.com", privateZone: false },
    ];
    const recorded = await records({}, { zones });
    assert.deepEqual(
      all(recorded, recordType).map(({ name, inputs }) => [name, inputs]),
      [
        ["web-example.com-a", { zoneId: "Z1", name: "example.com", type: "A", ttl: 300, records: ["203.0.113.7"] }],
        [
          "web-live.eu.example.com-a",
          { zoneId: "Z2", name: "live.eu.example.com", type: "A", ttl: 300, records: ["203.0.113.7"] },
        ],
      ],
    );
    assert.deepEqual(await valueOf(recorded.result.names), domains);
  });

  it("waits with each record for what it is told to wait for", async () => {
    const recorded = await record(() => {
      const dependsOn = new pulumi.ComponentResource("test:index:First", "first");
      new ec2.Eip("first", {}, { parent: dependsOn });
      return new DnsRecords("web", { domains, ipv4: "203.0.113.7" }, { dependsOn });
    });
    for (const one of all(recorded, recordType)) assert.ok(one.dependsOn.includes("aws:ec2/eip:Eip::first"), one.name);
  });

  it("adds an AAAA record where there is an IPv6 address", async () => {
    const recorded = await records({ domains: ["example.com"], ipv6: "2001:db8::7" });
    assert.deepEqual(
      all(recorded, recordType).map(({ inputs }) => [inputs.type, inputs.records]),
      [
        ["A", ["203.0.113.7"]],
        ["AAAA", ["2001:db8::7"]],
      ],
    );
  });

  it("leaves private zones alone", async () => {
    const zones = [
      { zoneId: "Z1", name: "example.com", privateZone: false },
      { zoneId: "Z2", name: "eu.example.com", privateZone: true },
    ];
    const found = all(await records({}, { zones }), recordType).map(({ inputs }) => inputs.zoneId);
    assert.deepEqual(found, ["Z1", "Z1"]);
  });

  it("looks a zone up by the name that is given, or takes its id", async () => {
    const byName = await records({ zone: { name: "example.com" } });
    assert.deepEqual(byName.calls, [
      { token: "aws:route53/getZone:getZone", inputs: { name: "example.com", privateZone: false } },
    ]);
    const byId = await records({ zone: { name: "example.com", id: "Z9" } });
    assert.deepEqual(byId.calls, []);
    assert.equal(all(byId, recordType)[0]!.inputs.zoneId, "Z9");
  });

  it("refuses domains outside the zone that is given, all at once, without asking AWS", async () => {
    await assert.rejects(
      records({ domains: ["badexample.com", "example.com", "example.org"], zone: { name: "example.com" } }),
      (error: unknown) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(
          error.errors?.map((problem) => problem.propertyPath),
          ["domains[0]", "domains[2]"],
        );
        return true;
      },
    );
  });

  describe("of a balancer or a distribution", () => {
    const alias = { dnsName: pulumi.output("web-1.elb.amazonaws.com"), zoneId: "Z215JYRZR1TBD5" };
    const target = { name: "web-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5", evaluateTargetHealth: false };

    it("are aliases for IPv4 and IPv6", async () => {
      const recorded = await records({ domains: ["example.com"], ipv4: undefined, alias });
      assert.deepEqual(
        all(recorded, recordType).map(({ name, inputs }) => [name, inputs]),
        [
          ["web-example.com-a", { zoneId: "Z1", name: "example.com", type: "A", aliases: [target] }],
          ["web-example.com-aaaa", { zoneId: "Z1", name: "example.com", type: "AAAA", aliases: [target] }],
        ],
      );
    });

    it("are told in words to whoever looks after the domains", async () => {
      const recorded = await records({ domains: ["example.com"], ipv4: undefined, alias, manual: true });
      assert.equal(
        await valueOf(recorded.result.zoneFile),
        `; example.com leads to web-1.elb.amazonaws.com. by an ALIAS record, which some call ANAME. Where there is none, and
; example.com is not the name of the zone itself: example.com. 300 IN CNAME web-1.elb.amazonaws.com.
`,
      );
    });
  });

  it("says who may issue certificates, in the zone of each name", async () => {
    const zones = [
      { zoneId: "Z1", name: "example.com", privateZone: false },
      { zoneId: "Z2", name: "example.org", privateZone: false },
    ];
    const caa = { names: ["example.com", "example.org"], issuers: ["amazon.com"] };
    const found = all(await records({ domains: [], caa }, { zones }), recordType);
    assert.deepEqual(
      found.map(({ name, inputs }) => [name, inputs]),
      [
        [
          "web-example.com-caa",
          { zoneId: "Z1", name: "example.com", type: "CAA", ttl: 300, records: ['0 issue "amazon.com"'] },
        ],
        [
          "web-example.org-caa",
          { zoneId: "Z2", name: "example.org", type: "CAA", ttl: 300, records: ['0 issue "amazon.com"'] },
        ],
      ],
    );
  });

  it("makes no record in place of others, but tells what to create", async () => {
    const caa = { names: ["example.com"], issuers: ["letsencrypt.org"] };
    const recorded = await records({ ipv6: "2001:db8::7", domains: ["www.example.com"], caa, manual: true });
    assert.deepEqual(all(recorded, recordType), []);
    assert.deepEqual(recorded.calls, []);
    assert.equal(
      await valueOf(recorded.result.zoneFile),
      `www.example.com. 300 IN A 203.0.113.7
www.example.com. 300 IN AAAA 2001:db8::7
example.com. 300 IN CAA 0 issue "letsencrypt.org"
`,
    );
  });

  describe("beside others of the same names", () => {
    const healthType = "aws:route53/healthCheck:HealthCheck";

    it("have a weight, and are left out while their machine is not well", async () => {
      const routing = { setIdentifier: "blue", weight: 10 };
      const recorded = await records({ domains: ["example.com"], routing, healthCheck: { path: "/health" } });
      assert.deepEqual(one(recorded, healthType, "web-health").inputs, {
        type: "HTTPS",
        port: 443,
        fqdn: "example.com",
        ipAddress: "203.0.113.7",
        resourcePath: "/health",
        requestInterval: 30,
        failureThreshold: 3,
        enableSni: true,
        tags: { Name: "web" },
      });
      const { setIdentifier, weightedRoutingPolicies, healthCheckId } = one(recorded, recordType).inputs;
      assert.deepEqual(
        [setIdentifier, weightedRoutingPolicies, healthCheckId],
        ["blue", [{ weight: 10 }], "web-health-id"],
      );
    });

    it("have a role, and are asked for by a name of their own where one is given", async () => {
      const routing = { setIdentifier: "first", failover: FailoverRole.Primary };
      const healthCheck = { path: "/", domain: "one.example.com", https: false };
      const recorded = await records({ domains: ["example.com"], routing, healthCheck });
      const { type, port, fqdn, ipAddress } = one(recorded, healthType).inputs;
      assert.deepEqual([type, port, fqdn, ipAddress], ["HTTP", 80, "one.example.com", undefined]);
      assert.deepEqual(one(recorded, recordType).inputs.failoverRoutingPolicies, [{ type: "PRIMARY" }]);
    });

    it("leave CAA records as they are: those hold for all", async () => {
      const routing = { setIdentifier: "blue", weight: 10 };
      const recorded = await records({ domains: ["example.com"], routing, caa: { issuers: ["amazon.com"] } });
      assert.equal(one(recorded, recordType, "web-example.com-caa").inputs.setIdentifier, undefined);
    });
  });
});
