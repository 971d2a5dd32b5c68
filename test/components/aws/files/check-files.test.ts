import assert from "node:assert/strict";
import { filesProblems } from "../../../../components/aws/files/check-files";
import { SharedFilesArgs } from "../../../../components/aws/files/files-args";

const given: SharedFilesArgs = { vpcId: "vpc-1", subnetIds: ["subnet-1"], hosts: [{ name: "web", id: "sg-1" }] };
const said = (more: Partial<SharedFilesArgs>, name = "uploads"): string[] =>
  filesProblems(name, { ...given, ...more }).map(({ path, reason, fix }) => `${path} ${reason}; ${fix}`);

describe("filesProblems", () => {
  for (const seldomReadDays of [undefined, 1, 7, 14, 30, 60, 90, 180, 270, 365])
    it(`takes ${seldomReadDays ?? "no"} days without a reader`, () => assert.deepEqual(said({ seldomReadDays }), []));

  for (const seldomReadDays of [0, 2, 31, 366, 7.5])
    it(`refuses ${seldomReadDays} days without a reader`, () =>
      assert.deepEqual(said({ seldomReadDays }), [
        "seldomReadDays is no time that EFS can wait; give one of 1, 7, 14, 30, 60, 90, 180, 270, 365",
      ]));

  it("refuses files that nobody could reach", () =>
    assert.deepEqual(said({ subnetIds: [], hosts: [] }), [
      "subnetIds is empty; give one in each availability zone",
      "hosts is empty; name the groups of those who use it",
    ]));

  it("refuses a name that is too long for a group", () => {
    assert.deepEqual(said({}, "a".repeat(247)), []);
    assert.deepEqual(said({}, "a".repeat(248)), ["name has 248 characters; use at most 247"]);
  });
});
