import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { DnsRecords, DnsRecordsArgs } from "../../../components/aws/dns-records";
import { Account, all, record, Recorded, valueOf } from "./recorded";

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
});
