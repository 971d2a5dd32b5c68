import assert from "node:assert/strict";
import { readWaivers } from "../../../policies/waivers/read";

const ruleIds = ["net-no-admin-world", "vm-imdsv2"];

describe("readWaivers", () => {
  it("gives the waivers of a pack's configuration, without a place", () => {
    const given = {
      finding: "vm-imdsv2",
      resource: "db",
      reason: "a reason of twenty characters",
      owner: "Anna",
      expires: "2027-01-01",
    };
    assert.deepEqual(readWaivers([given], "waivers", ruleIds), { waivers: [{ ...given, place: null }], problems: [] });
  });

  it("names the path of what is wrong", () => {
    const { problems } = readWaivers({}, "waivers", ruleIds);
    assert.deepEqual(problems, [{ path: "waivers", value: {}, reason: "is an object", fix: "give a list" }]);
  });
});
