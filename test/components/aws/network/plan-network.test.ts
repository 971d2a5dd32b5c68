import assert from "node:assert/strict";
import fc from "fast-check";
import { zoneLetters } from "../../../../components/aws/network/allocate-subnets";
import { CreateNetworkArgs, LoggedTraffic, NatGateways } from "../../../../components/aws/network/network-args";
import { NetworkPlan, planNetwork } from "../../../../components/aws/network/plan-network";

function planned(create: CreateNetworkArgs): NetworkPlan {
  const { network, problems } = planNetwork("web", { create });
  assert.deepEqual(problems, []);
  assert.ok(network);
  return network;
}

const zoneNames = fc
  .shuffledSubarray([...zoneLetters], { minLength: 2, maxLength: 3 })
  .map((letters) => letters.map((letter) => `us-east-1${letter}`));

describe("planNetwork", () => {
  it("plans two zones, no gateway that costs, S3, and logs of what is refused", () => {
    const { zones, ...network } = planned({});
    assert.deepEqual(network, {
      cidr: "10.0.0.0/16",
      publicCidrs: ["10.0.0.0/20", "10.0.16.0/20"],
      natLetters: [],
      ipv6: false,
      s3: true,
      interfaces: [],
      flowLogs: { traffic: "rejected", retentionDays: 30 },
    });
    assert.deepEqual(
      zones.map(({ letter, name, natLetter, ...subnets }) => [letter, name, natLetter, subnets.private.cidr]),
      [
        ["a", null, null, "10.0.128.0/20"],
        ["b", null, null, "10.0.144.0/20"],
      ],
    );
  });

  it("plans nothing where nothing is to be made, or where something is wrong", () => {
    assert.equal(planNetwork("web", {}).network, null);
    const wrong = planNetwork("web", { create: { zones: 5 } });
    assert.equal(wrong.network, null);
    assert.equal(wrong.problems.length, 1);
  });

  it("calls zones that are named by their own letter", () => {
    const { zones, publicCidrs } = planned({ zoneNames: ["us-east-1d", "us-east-1b"] });
    assert.deepEqual(
      zones.map((zone) => [zone.name, zone.public.key]),
      [
        ["us-east-1d", "public-d"],
        ["us-east-1b", "public-b"],
      ],
    );
    assert.deepEqual(publicCidrs, ["10.0.48.0/20", "10.0.16.0/20"]);
  });

  const ways: [nat: NatGateways, letters: string[], of: (string | null)[]][] = [
    [NatGateways.None, [], [null, null, null]],
    [NatGateways.One, ["a"], ["a", "a", "a"]],
    [NatGateways.PerZone, ["a", "b", "c"], ["a", "b", "c"]],
  ];
  for (const [nat, letters, of] of ways) {
    it(`has ${letters.length} NAT gateways for ${nat}`, () => {
      const { natLetters, zones } = planned({ zones: 3, nat });
      assert.deepEqual(natLetters, letters);
      assert.deepEqual(
        zones.map(({ natLetter }) => natLetter),
        of,
      );
    });
  }

  it("logs nothing when told", () => {
    assert.equal(planned({ flowLogs: { traffic: LoggedTraffic.None } }).flowLogs, null);
    assert.deepEqual(planned({ flowLogs: { traffic: LoggedTraffic.All, retentionDays: 90 } }).flowLogs, {
      traffic: "all",
      retentionDays: 90,
    });
  });

  const subnetsOf = (network: NetworkPlan): unknown[] => network.zones.map((zone) => [zone.public, zone.private]);

  it("keeps the subnets of two zones when a third is added at the end", () => {
    assert.deepEqual(subnetsOf(planned({ zones: 3 })).slice(0, 2), subnetsOf(planned({ zones: 2 })));
  });

  it("has the same subnets whatever else is chosen", () => {
    const choices = fc.record<CreateNetworkArgs>(
      { nat: fc.constantFrom(...Object.values(NatGateways)), ipv6: fc.boolean(), zoneNames },
      { requiredKeys: ["zoneNames"] },
    );
    fc.assert(
      fc.property(choices, (create) => {
        assert.deepEqual(subnetsOf(planned(create)), subnetsOf(planned({ zoneNames: create.zoneNames })));
      }),
    );
  });
});
