import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { HostedZone, HostedZoneArgs } from "../../../components/aws/hosted-zone";
import { all, one, record, Recorded, valueOf } from "./recorded";

const zoneType = "aws:route53/zone:Zone";
const recordType = "aws:route53/record:Record";
const parent = { name: "example.com" };

const zone = (args: Partial<HostedZoneArgs> = {}): Promise<Recorded<HostedZone>> =>
  record(() => new HostedZone("dev", { name: "dev.example.com", ...args }));

describe("HostedZone", () => {
  it("makes a zone and tells its name servers", async () => {
    const recorded = await zone({ tags: { team: "web" } });
    const { name, tags } = one(recorded, zoneType).inputs;
    assert.deepEqual([name, tags], ["dev.example.com", { team: "web" }]);
    assert.deepEqual(all(recorded, recordType), []);
    assert.equal(await valueOf(recorded.result.zoneId), "Z-dev");
    assert.deepEqual(await valueOf(recorded.result.nameServers), ["ns-1.dev", "ns-2.dev"]);
  });

  it("is delegated to by the zone above it, by name or id, before it is said to be there", async () => {
    const recorded = await zone({ parent });
    assert.deepEqual(one(recorded, recordType, "dev-delegation").inputs, {
      zoneId: "Z1",
      name: "dev.example.com",
      type: "NS",
      ttl: 300,
      records: ["ns-1.dev", "ns-2.dev"],
    });
    assert.equal(await valueOf(recorded.result.zoneId), "Z-dev");
    const byId = await zone({ parent: { ...parent, id: pulumi.output("Z9") } });
    assert.deepEqual(byId.calls, []);
    assert.equal(one(byId, recordType).inputs.zoneId, "Z9");
  });

  it("can be protected, as another one has other name servers", async () => {
    assert.equal(one(await zone({ protection: true }), zoneType).protect, true);
    assert.equal(one(await zone(), zoneType).protect, false);
  });

  for (const [name, above] of [
    ["example.com", "example.com"],
    ["dev.badexample.com", "example.com"],
    ["example.com", "dev.example.com"],
  ] as const) {
    it(`refuses ${above} as the zone above ${name}`, async () => {
      await assert.rejects(zone({ name, parent: { name: above } }), (error: unknown) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.match(error.message, new RegExp(`parent\\.name {2}"${above}" is not a zone above "${name}"`));
        return true;
      });
    });
  }

  it("refuses a name that is none", async () => {
    await assert.rejects(zone({ name: "dev.example.com." }), /name {2}"dev\.example\.com\." ends with a dot/);
  });
});
