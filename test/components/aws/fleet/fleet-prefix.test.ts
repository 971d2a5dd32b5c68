import assert from "node:assert/strict";
import { fleetPrefix } from "../../../../components/aws/fleet/fleet-prefix";

const fleet = { organization: "acme", project: "demo", stack: "dev", fleet: "web" };

/** Longest prefix that the provider takes: 255 letters of a group's name, less the 26 that it puts behind. */
const longest = 229;

describe("fleetPrefix", () => {
  it("says what the fleet is", () => assert.match(fleetPrefix(fleet), /^landfall-dev-web-[0-9a-f]{12}-$/));

  it("is another one for each organization, project, stack and fleet", () => {
    const prefixes = Object.keys(fleet).map((key) => fleetPrefix({ ...fleet, [key]: "other" }));
    assert.equal(new Set([fleetPrefix(fleet), ...prefixes]).size, 5);
  });

  it("is not the beginning of another's", () => {
    const one = fleetPrefix({ ...fleet, fleet: "web" });
    const other = fleetPrefix({ ...fleet, fleet: "web-2" });
    assert.ok(!other.startsWith(one) && !one.startsWith(other));
  });

  it("has nothing in it that stands for other letters in a policy", () =>
    assert.match(fleetPrefix({ ...fleet, stack: "*", fleet: "?:${web}" }), /^[a-z0-9-]+$/));

  it("is short enough for names of any length", () =>
    assert.ok(fleetPrefix({ ...fleet, stack: "s".repeat(300), fleet: "f".repeat(300) }).length <= longest));
});
