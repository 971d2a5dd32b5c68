import assert from "node:assert/strict";
import { problemText } from "../../../../components/app/problem";
import {
  missingZoneProblems,
  nextZone,
  tooFewZonesProblem,
  zoneParts,
} from "../../../../components/aws/network/choose-zones";

const zones = ["us-west-2-lax-1a", "us-west-2c", "us-west-2a", "us-west-2-wl1-las-wlz-1", "us-west-2b"];

describe("nextZone", () => {
  it("takes the first by name, in whatever order AWS lists them", () => {
    assert.equal(nextZone(zones, []), "us-west-2a");
    assert.equal(nextZone([...zones].reverse(), []), "us-west-2a");
  });

  it("takes none that has a subnet, also when another one turns up in front of it", () => {
    assert.equal(nextZone(zones, ["us-west-2b", "us-west-2c"]), "us-west-2a");
    assert.equal(nextZone(zones, ["us-west-2a", "us-west-2b"]), "us-west-2c");
  });

  it("never takes a local or wavelength zone", () => {
    assert.equal(nextZone(zones, ["us-west-2a", "us-west-2b", "us-west-2c"]), undefined);
  });
});

describe("zoneParts", () => {
  it("tells region and letter", () => {
    assert.deepEqual(zoneParts("us-gov-west-1b"), { region: "us-gov-west-1", letter: "b" });
  });

  for (const other of ["us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "us-west-2", "usw2-az1", ""]) {
    it(`takes "${other}" for no zone of a region`, () => assert.equal(zoneParts(other), undefined));
  }
});

describe("what is wrong with zones", () => {
  it("names those that the region does not have, and those that it has", () => {
    const problems = missingZoneProblems(["us-west-2a", "us-west-2d"], zones);
    assert.deepEqual(
      problems.map((problem) => `${problem.path} ${problemText(problem)}`),
      [
        'create.zoneNames[1] "us-west-2d" is no zone that this account can use in this region; use us-west-2a, us-west-2b, us-west-2c',
      ],
    );
  });

  it("says when there are too few", () => {
    const problem = tooFewZonesProblem(3, ["us-west-1a", "us-west-1c"]);
    assert.equal(
      `${problem.path} ${problemText(problem)}`,
      "create.zones 3 are more zones than this region has; it has us-west-1a, us-west-1c",
    );
  });
});
